//! A workbook for Excel (Office Open XML), with the columns of the CSV: numbers as numbers, text as text.

use super::{
    Error, Selection,
    csv::{COLUMNS, cells},
};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

/// The columns that are numbers.
const NUMBERS: [&str; 5] = ["latitude", "longitude", "article_count", "confidence", "revision"];

/// The maximum length of a cell in characters, a limit of Excel.
const LONGEST: usize = 32_767;

/// Returns the events as a workbook with one worksheet: a frozen header row, and a row for each
/// event.
///
/// # Errors
/// Fails if the writer does.
pub fn xlsx(selection: &Selection<'_>) -> Result<Vec<u8>, Error> {
    let mut workbook = Workbook::new();
    // The same selection yields the same file.
    let at = selection.updated_at.map_or(0, jiff::Timestamp::as_second);
    let properties = DocProperties::new().set_title(selection.title);
    workbook.set_properties(&properties.set_creation_datetime(&ExcelDateTime::from_timestamp(at)?));
    let sheet = workbook.add_worksheet();
    sheet.set_name("Events")?;
    sheet.write_row_with_format(0, 0, COLUMNS, &Format::new().set_bold())?;
    sheet.set_freeze_panes(1, 0)?;
    for (row, event) in (1..).zip(selection.events) {
        for ((column, name), cell) in (0..).zip(COLUMNS).zip(cells(selection, event)) {
            match cell.parse::<f64>() {
                Ok(number) if NUMBERS.contains(&name) => sheet.write_number(row, column, number)?,
                _ if cell.is_empty() => continue,
                _ => sheet.write_string(row, column, cell.chars().take(LONGEST).collect::<String>())?,
            };
        }
    }
    Ok(workbook.save_to_buffer()?)
}
