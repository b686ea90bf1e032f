//! Termination signals: SIGTERM and SIGINT.

use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

/// A value that becomes true on SIGTERM or SIGINT.
pub fn signals() -> std::io::Result<watch::Receiver<bool>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let (tell, told) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tell.send_replace(true);
    });
    Ok(told)
}

/// Waits for a termination signal.
pub async fn wait(ended: &mut watch::Receiver<bool>) {
    // The sender is dropped only after it has sent the value.
    let _ = ended.wait_for(|ended| *ended).await;
}
