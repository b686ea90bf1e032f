//! The client programs of PostgreSQL, such as `pg_dump`.

use super::{Error, NAME, binaries, cluster::Cluster, socket};
use std::path::{Path, PathBuf};

/// Returns the path of a client program: of the version that runs the cluster in `data_dir`, else
/// the newest.
///
/// # Errors
/// Fails if the program is not installed.
pub fn client_program(name: &str, data_dir: Option<&Path>) -> Result<PathBuf, Error> {
    let version = match data_dir {
        Some(data_dir) => Cluster::in_folder(data_dir).version()?,
        None => None,
    };
    binaries::find_client(name, version)
}

/// Returns the libpq connection string of the embedded PostgreSQL of `data_dir`.
///
/// # Errors
/// Fails if the directory does not exist.
pub fn connection_string(data_dir: &Path) -> Result<String, Error> {
    let data_dir = data_dir.canonicalize().map_err(Error::io("cannot use the data directory", data_dir))?;
    let socket = socket::place(&data_dir);
    Ok(format!("host={} port={} user={NAME} dbname={NAME} sslmode=disable", socket.display(), socket::PORT))
}
