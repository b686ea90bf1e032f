//! Parses the data files: tab-separated rows below `#` comments, lists separated by `|`.
//!
//! The files are compiled in and their format is tested, so a malformed row is a defect of the build: reading one
//! panics with its file and line.

/// The name and the content of a compiled-in data file.
#[derive(Clone, Copy, Debug)]
pub struct DataFile {
    name: &'static str,
    content: &'static str,
}

/// Compiles in the file `data/$name`.
macro_rules! data_file {
    ($name:literal) => {
        $crate::extract::data::DataFile::new($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/", $name)))
    };
}
pub(crate) use data_file;

impl DataFile {
    /// A file loaded by [`data_file!`].
    pub const fn new(name: &'static str, content: &'static str) -> Self {
        Self { name, content }
    }

    /// Returns the rows below the comments, each with exactly `N` cells; trailing empty cells can be omitted.
    ///
    /// # Panics
    /// Panics if a row has more than `N` cells.
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

    /// Panics with the file name, the row and the problem.
    ///
    /// # Panics
    /// Always.
    pub fn fault(self, row: &[&str], problem: &str) -> ! {
        panic!("data/{}: {problem} in row {row:?}", self.name)
    }
}

/// Splits a cell into the items of its list.
pub fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|item| !item.is_empty())
}
