//! PostgreSQL's programs: where they are installed, and what to install if they are missing.

use super::Error;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The oldest major version that the schema supports.
const OLDEST: u32 = 15;

/// Where packages install servers of several versions: a directory, and the prefix of the names in
/// it.
const PACKAGED: [(&str, &str); 5] = [
    ("/usr/lib/postgresql", ""),         // Debian, Ubuntu
    ("/usr", "pgsql-"),                  // Red Hat, Fedora
    ("/opt/homebrew/opt", "postgresql"), // Homebrew on Apple's processors
    ("/usr/local/opt", "postgresql"),    // Homebrew on Intel's
    ("/usr/local", "pgsql"),             // built from source
];

/// A directory with the server's programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Binaries {
    folder: PathBuf,
    major: u32,
}

impl Binaries {
    /// Returns the path of the server.
    pub(super) fn postgres(&self) -> PathBuf {
        self.folder.join("postgres")
    }

    /// Returns the path of the program that creates a cluster.
    pub(super) fn initdb(&self) -> PathBuf {
        self.folder.join("initdb")
    }

    /// Returns the major version.
    pub(super) fn major(&self) -> u32 {
        self.major
    }

    fn at(folder: PathBuf) -> Option<Self> {
        folder.join("initdb").is_file().then_some(())?;
        let version = output_of(&folder.join("postgres"), "--version")?;
        Some(Self { major: major_version(&version)?, folder })
    }
}

/// Returns the newest supported server on this machine or, for an existing cluster, the one of the
/// version that created it.
pub(super) fn find(made_by: Option<u32>) -> Result<Binaries, Error> {
    choose(folders(), made_by)
}

fn choose(folders: impl IntoIterator<Item = PathBuf>, made_by: Option<u32>) -> Result<Binaries, Error> {
    let mut found: Vec<Binaries> = folders.into_iter().filter_map(Binaries::at).collect();
    // The sort is stable: among equal versions, the first one found remains first.
    found.sort_by_key(|binaries| std::cmp::Reverse(binaries.major));
    let fits = |binaries: &&Binaries| made_by.map_or(binaries.major >= OLDEST, |version| binaries.major == version);
    if let Some(binaries) = found.iter().find(fits) {
        return Ok(binaries.clone());
    }
    let wanted = match made_by {
        Some(version) => {
            format!("PostgreSQL {version} created the database in the data directory, and its server is not installed")
        }
        None => format!("no PostgreSQL server, version {OLDEST} or newer, is installed"),
    };
    let mut others: Vec<String> = found.iter().map(|b| format!("{} in {}", b.major, b.folder.display())).collect();
    others.dedup();
    let problem = match others.as_slice() {
        [] => format!("{wanted}."),
        others => format!("{wanted}; there is only {}.", others.join(", ")),
    };
    // A newer server cannot read the files of an older one.
    let problem = match made_by {
        Some(_) => format!(
            "{problem} Install it, run `daybook backup FILE`, and restore the file with `daybook restore FILE` into a new \
             --data-dir, which the newest server will run."
        ),
        None => problem,
    };
    let os_release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    Err(Error::NotInstalled { problem, advice: advice(env::consts::OS, &os_release, made_by) })
}

/// Returns the path of the client program `name` in the given version, else in the newest on this
/// machine.
pub(super) fn find_client(name: &str, version: Option<u32>) -> Result<PathBuf, Error> {
    let versions = folders().into_iter().filter_map(|folder| {
        let program = folder.join(name);
        let major = program.is_file().then(|| output_of(&program, "--version")).flatten();
        Some((major.and_then(|line| major_version(&line))?, program))
    });
    let fits = |(major, _): &(u32, PathBuf)| version.is_none_or(|version| *major == version);
    let newest = versions.filter(fits).max_by_key(|(major, _)| *major);
    newest.map(|(_, program)| program).ok_or_else(|| Error::NoClient(name.to_owned()))
}

/// Returns every directory that may contain the programs, starting with those that the user's
/// settings name.
fn folders() -> Vec<PathBuf> {
    let on_path = env::var_os("PATH").map(|path| env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    let configured = output_of(Path::new("pg_config"), "--bindir").map(|line| PathBuf::from(line.trim()));
    let packaged = PACKAGED.into_iter().flat_map(|(parent, prefix)| {
        let entries = Path::new(parent).read_dir().into_iter().flatten().flatten();
        entries
            .filter(move |entry| entry.file_name().to_string_lossy().starts_with(prefix))
            .map(|entry| entry.path().join("bin"))
    });
    on_path.into_iter().chain(configured).chain(packaged).collect()
}

fn output_of(program: &Path, argument: &str) -> Option<String> {
    let output = Command::new(program).arg(argument).output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// Parses the output of `postgres --version`: `postgres (PostgreSQL) 15.18 (Debian …)`, `postgres
/// (PostgreSQL) 18beta1`.
fn major_version(line: &str) -> Option<u32> {
    let version = line.split_whitespace().nth(2)?;
    let digits = version.find(|c: char| !c.is_ascii_digit()).unwrap_or(version.len());
    version[..digits].parse().ok()
}

/// Returns the command that installs a server on the system that `os` and its `/etc/os-release`
/// name.
fn advice(os: &str, os_release: &str, made_by: Option<u32>) -> String {
    let says = |keys: &[&str]| {
        let lines = os_release.lines().filter_map(|line| line.split_once('='));
        let mut words = lines
            .filter(|(key, _)| matches!(*key, "ID" | "ID_LIKE"))
            .flat_map(|(_, value)| value.trim_matches('"').split_whitespace());
        words.any(|word| keys.contains(&word))
    };
    let version =
        |pattern: &str, default: &str| made_by.map_or(default.into(), |v| pattern.replace('N', &v.to_string()));
    let command = match os {
        "macos" => format!("brew install {}", version("postgresql@N", "postgresql@17")),
        _ if says(&["debian", "ubuntu"]) => format!("sudo apt-get install {}", version("postgresql-N", "postgresql")),
        // The default of Red Hat is too old; Fedora's is not.
        _ if says(&["rhel", "centos"]) => {
            format!("sudo dnf module install {}", version("postgresql:N/server", "postgresql:16/server"))
        }
        _ if says(&["fedora"]) => format!("sudo dnf install {}", version("postgresqlN-server", "postgresql-server")),
        _ => return "Install it with your system's package manager.".into(),
    };
    format!("Install it: {command}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// Creates a directory with programs that only print their version.
    fn install(root: &Path, version: &str) -> PathBuf {
        let folder = root.join(version);
        fs::create_dir(&folder).unwrap();
        for program in ["postgres", "initdb"] {
            let path = folder.join(program);
            fs::write(&path, format!("#!/bin/sh\necho 'postgres (PostgreSQL) {version} (Test)'\n")).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        folder
    }

    #[test]
    fn the_newest_serves_unless_an_older_one_made_the_cluster() {
        let root = tempfile::tempdir().unwrap();
        let folders: Vec<PathBuf> = ["14.9", "15.3", "18beta1", "16.2"].map(|v| install(root.path(), v)).into();
        let major = |made_by| choose(folders.clone(), made_by).unwrap().major();
        assert_eq!(major(None), 18);
        assert_eq!(major(Some(15)), 15);
    }

    #[test]
    fn with_none_the_error_says_what_to_install() {
        let error = choose([], None).unwrap_err().to_string();
        assert!(error.contains("no PostgreSQL server, version 15 or newer, is installed."), "{error}");
        assert!(error.contains("DATABASE_URL"), "{error}");
    }

    #[test]
    fn with_another_version_the_error_names_both() {
        let root = tempfile::tempdir().unwrap();
        let folder = install(root.path(), "17.1");
        let error = choose([folder.clone()], Some(15)).unwrap_err().to_string();
        assert!(error.contains("PostgreSQL 15 created"), "{error}");
        assert!(error.contains(&format!("only 17 in {}", folder.display())), "{error}");
        let old = install(root.path(), "13.9");
        assert!(choose([old], None).unwrap_err().to_string().contains("only 13 in"));
    }

    #[test]
    fn each_system_gets_its_own_advice() {
        let mint = "NAME=\"Linux Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\n";
        assert_eq!(advice("linux", mint, None), "Install it: sudo apt-get install postgresql");
        assert_eq!(advice("linux", "ID=debian\n", Some(15)), "Install it: sudo apt-get install postgresql-15");
        assert_eq!(advice("linux", "ID=fedora\n", None), "Install it: sudo dnf install postgresql-server");
        let rocky = "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n";
        assert_eq!(advice("linux", rocky, None), "Install it: sudo dnf module install postgresql:16/server");
        assert_eq!(advice("macos", "", Some(16)), "Install it: brew install postgresql@16");
        assert_eq!(advice("linux", "ID=void\n", None), "Install it with your system's package manager.");
    }
}
