//! When the system or the user wants the program to end.

use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

/// Turns true when the system or the user wants the program to end.
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

/// Waits until it does.
pub async fn wait(ended: &mut watch::Receiver<bool>) {
    // The other end is dropped only after it has told.
    let _ = ended.wait_for(|ended| *ended).await;
}
