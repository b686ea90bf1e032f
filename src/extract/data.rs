//! Reading the data files: tab-separated rows under a head of `#` comments, lists separated by `|`.
//!
//! The files are built into the program and their form is held by a test, so a malformed row is a defect of the
//! build, and reading one panics with its file and line.

/// A data file's name and content, built into the program.
#[derive(Clone, Copy, Debug)]
pub struct DataFile {
    name: &'static str,
    content: &'static str,
}

/// Builds the file `data/$name` into the program.
macro_rules! data_file {
    ($name:literal) => {
        $crate::extract::data::DataFile::new($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/", $name)))
    };
}
pub(crate) use data_file;

impl DataFile {
    /// A file that was read by [`data_file!`].
    pub const fn new(name: &'static str, content: &'static str) -> Self {
        Self { name, content }
    }

    /// The rows below the comments, each with exactly `N` cells; empty cells at the end may be left out.
    ///
    /// # Panics
    /// When a row has more than `N` cells.
    pub fn rows<const N: usize>(self) -> impl Iterator<Item = [&'static str; N]> {
        self.content.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).map(
            move |(at, line)| {
                let mut row = [""; N];
                for (column, cell) in line.split('\t').enumerate() {
                    assert!(column < N, "data/{}:{}: more than {N} cells", self.name, at + 1);
                    row[column] = cell.trim();
                }
                row
            },
        )
    }

    /// Stops with the file's name and the row at fault.
    ///
    /// # Panics
    /// Always.
    pub fn fault(self, row: &[&str], problem: &str) -> ! {
        panic!("data/{}: {problem} in row {row:?}", self.name)
    }
}

/// The items of a list in a cell.
pub fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|item| !item.is_empty())
}
