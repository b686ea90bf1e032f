//! The layout of a text: datelines, labels, and agendas, in which a day heads the lines of its events.

use super::blocks::{self, Block};
use super::layout_source::{Source, is_day_ahead};
use crate::extract::entities::{Entity, PlaceId};
use crate::extract::lexicon::Class;
use crate::extract::text::{Document, Shape, beginning_within};
use crate::extract::time::{Form, Timex};
use std::ops::Range;

/// The longest dateline, and the longest label at the beginning of a line, in tokens.
const LONGEST_HEAD: usize = 16;
/// The longest heading of a day, in words, not counting dates and places.
const LONGEST_HEADING: usize = 3;

/// The layout of a text.
#[derive(Debug)]
pub(super) struct Layout {
    /// The layout of each sentence.
    pub lines: Vec<Line>,
    /// The place of the first dateline, where the report was written.
    pub written_in: Option<PlaceId>,
    /// The meaning of clock times at the beginnings of lines.
    pub clocks: Clocks,
    blocks: Vec<Block>,
}

/// The meaning of clock times at the beginnings of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clocks {
    /// None: fewer than two lines begin with one, or they are in no order.
    None,
    /// The time when the line was posted: times descend, as in a live report.
    Posted,
    /// The time when the event of the line takes place: times ascend, as in a schedule.
    Scheduled,
}

/// The layout of a sentence. Ranges are of tokens, and empty if there is nothing.
#[derive(Debug)]
pub(super) struct Line {
    /// The dateline that it begins with: "GENEVA, March 6 (Agency) –".
    pub dateline: Range<usize>,
    /// The label that names its place: "- Brussels: …".
    pub label: Range<usize>,
    /// The date that heads the agenda to which it belongs, as an index into the dates of the article.
    pub heading: Option<usize>,
    /// The place in the heading or the fields above it: "14 May, Lima", "WHERE: Lima".
    pub place: Option<PlaceId>,
    /// It is itself the heading of an agenda.
    pub is_heading: bool,
    /// It belongs to a line that is marked as a list item.
    pub is_item: bool,
    /// The first sentence of its unit: an entry of an agenda or a schedule, or a post of a live report.
    pub unit: Option<usize>,
    block: Option<usize>,
}

impl Layout {
    /// Returns the block of fields whose event a sentence names.
    pub fn block(&self, sentence: usize) -> Option<&Block> {
        self.lines[sentence].block.map(|at| &self.blocks[at])
    }

    /// Returns the unit of a sentence unless it is a post of a live report: several posts can be about one event,
    /// several entries cannot.
    pub fn entry(&self, sentence: usize) -> Option<usize> {
        self.lines[sentence].unit.filter(|_| self.clocks != Clocks::Posted)
    }
}

/// Reads the layout of a text.
pub(super) fn read(source: Source<'_, '_>) -> Layout {
    let Source { text, classes, dates, named, published, .. } = source;
    let mut lines: Vec<Line> = Vec::with_capacity(text.sentences.len());
    let clocks = clocks(source);
    let mut written_in = None;
    // The day that heads the following lines, and the day that heads the sentences of one line, as in "MONDAY: …".
    let mut heading: Option<usize> = None;
    let mut of_line: Option<usize> = None;
    let mut heading_place: Option<PlaceId> = None;
    for sentence in &text.sentences {
        let tokens = &sentence.tokens;
        let opens_line = text.tokens[tokens.start].new_line;
        let entities = &named.entities[beginning_within(&named.entities, |e| &e.tokens, tokens)];
        let own = beginning_within(dates, |timex| &timex.tokens, tokens);
        let spots = Spots { entities, dates: &dates[own.clone()] };
        let none = tokens.start..tokens.start;
        let dateline = dateline(source, tokens).filter(|_| opens_line).unwrap_or(none.clone());
        let mut label = label(source, tokens, spots).filter(|_| opens_line).unwrap_or(none);
        let place = entities.iter().find(|e| dateline.contains(&e.tokens.start)).and_then(|e| e.place);
        written_in = written_in.or(place);
        let day = own.clone().find(|at| is_day_ahead(&dates[*at], published));
        let is_heading = opens_line && day.is_some() && is_heading(source, tokens, spots);
        // An item continues through the sentences of its line, as in "- Brussels: Ministers meet. They will speak at
        // noon."
        let is_item = if opens_line {
            classes[tokens.start].contains(Class::AgendaMark) || !label.is_empty() || !dateline.is_empty()
        } else {
            lines.last().is_some_and(|before| before.is_item && !before.is_heading)
        };
        // A heading applies to items, which are lines of their own or marked as items.
        heading = if is_heading { day } else { heading.filter(|_| opens_line || is_item) };
        if is_heading {
            heading_place = entities.iter().find_map(|e| e.place);
        }
        let under = if opens_line { heading } else { of_line.or(heading) };
        if opens_line {
            of_line = day.filter(|day| opens_line_with(source, tokens, &dates[*day]));
        }
        // Under a day, a dateline is a label, as in "LIMA - Visit by …".
        if under.is_some() && !is_heading && label.is_empty() {
            label = dateline.clone();
        }
        let timed = || clocks != Clocks::None && opens_with_clock(text, spots.dates);
        let unit = if !opens_line {
            lines.last().and_then(|before| before.unit)
        } else if !is_heading && (under.is_some() || timed()) {
            Some(lines.len())
        } else {
            None
        };
        let under = under.filter(|_| !is_heading);
        let place = under.and(heading_place);
        lines.push(Line { dateline, label, heading: under, place, is_heading, is_item, unit, block: None });
    }
    let blocks = blocks::read(source);
    for (at, block) in blocks.iter().enumerate() {
        block.rest.iter().for_each(|number| lines[*number].is_heading = true);
        for number in &block.event {
            lines[*number].heading = block.date;
            lines[*number].place = block.place.or(lines[*number].place);
            lines[*number].unit = block.event.first().copied();
            lines[*number].block = Some(at);
        }
    }
    Layout { lines, written_in, clocks, blocks }
}

/// Whether a line begins with a day and a mark and continues, as in "MONDAY: …" or "14 May - …".
fn opens_line_with(source: Source<'_, '_>, line: &Range<usize>, day: &Timex) -> bool {
    let mark = day.tokens.end;
    let opens = (line.start..day.tokens.start).all(|at| !source.text.tokens[at].is_word());
    opens && mark + 1 < line.end && (source.text.token_text(mark) == ":" || source.classes[mark].contains(Class::Dash))
}

/// Whether the first of some dates is a clock time at the beginning of its line.
fn opens_with_clock(text: &Document<'_>, dates: &[Timex]) -> bool {
    dates.first().is_some_and(|timex| timex.form == Form::Clock && text.tokens[timex.tokens.start].new_line)
}

/// Determines the meaning of the clock times at the beginnings of lines by their order.
fn clocks(source: Source<'_, '_>) -> Clocks {
    let Source { text, dates, .. } = source;
    let first = dates.chunks(1).filter(|timex| opens_with_clock(text, timex));
    let clocks = first.filter_map(|timex| timex[0].clock);
    let clocks: Vec<i16> = clocks.map(|clock| clock.minutes).collect();
    if clocks.len() < 2 {
        Clocks::None
    } else if clocks.is_sorted_by(|a, b| a > b) {
        Clocks::Posted
    } else if clocks.is_sorted_by(|a, b| a < b) {
        Clocks::Scheduled
    } else {
        Clocks::None
    }
}

/// The names and dates of a sentence.
#[derive(Clone, Copy)]
struct Spots<'a> {
    entities: &'a [Entity],
    dates: &'a [Timex],
}

impl Spots<'_> {
    /// Whether a token belongs to the name of a place.
    fn in_place(self, at: usize) -> bool {
        self.entities.iter().any(|e| e.place.is_some() && e.tokens.contains(&at))
    }

    fn in_day_or_place(self, at: usize) -> bool {
        self.in_place(at) || self.dates.iter().any(|timex| timex.tokens.contains(&at))
    }
}

/// Whether a line is a heading: it consists of a day after the date of publication (which itself heads a letter),
/// places and few other words. More words are allowed if it ends with a colon and a list follows ("What we expect for
/// Saturday:").
fn is_heading(source: Source<'_, '_>, tokens: &Range<usize>, spots: Spots<'_>) -> bool {
    // "Philippines, 10 May, presidential election" is an item, not a heading.
    let named = source.triggers.matches(source.text, tokens);
    if named.iter().any(|found| !spots.in_day_or_place(found.tokens.start)) {
        return false;
    }
    let words = tokens.clone().filter(|at| source.text.tokens[*at].is_word() && !spots.in_day_or_place(*at)).count();
    let colon = source.text.token_text(tokens.end - 1) == ":";
    let announces = colon && source.classes.get(tokens.end).is_some_and(|next| next.contains(Class::AgendaMark));
    (words <= LONGEST_HEADING || announces) && spots.entities.iter().all(|e| e.place.is_some())
}

/// Returns the tokens of the dateline of a sentence. A dateline ends with a dash between spaces and begins either with
/// capitals or brackets, or with a place and the date of publication; all its words are capitalised or short.
fn dateline(source: Source<'_, '_>, sentence: &Range<usize>) -> Option<Range<usize>> {
    let Source { text, classes, dates, named, published, .. } = source;
    // A marker may precede the dateline, as in "* ULAN BATOR — …" or "** ULAN BATOR — …".
    let first = sentence.clone().find(|at| !classes[*at].contains(Class::AgendaMark))?;
    let is_dash = |at: &usize| classes[*at].contains(Class::Dash) && !text.tokens[*at].glued;
    let dash = (first + 1..sentence.end.min(first + LONGEST_HEAD)).find(is_dash)?;
    let is_head = |at: usize| text.tokens[at].shape != Shape::Lower || text.tokens[at].len() <= 2;
    let bracketed = (first..dash).any(|at| text.token_text(at) == "(");
    let today = |timex: &Timex| timex.days().is_some_and(|days| days.first == published && days.last == published);
    let dated = dates[beginning_within(dates, |timex| &timex.tokens, &(first..dash))].iter().any(today);
    let placed = || named.entities.iter().any(|e| e.tokens.start == first && e.place.is_some());
    let written_so = text.tokens[first].shape == Shape::Upper
        || text.tokens[first].is_capitalised() && (bracketed || dated && placed());
    (written_so && (first..dash).all(is_head)).then_some(sentence.start..dash + 1)
}

/// Returns the tokens of the label of a line, up to its mark: "- Brussels: ministers meet", "Monday 9 October -
/// Nairobi: …".
fn label(source: Source<'_, '_>, sentence: &Range<usize>, spots: Spots<'_>) -> Option<Range<usize>> {
    let text = source.text;
    let bare = |at: usize| !text.tokens[at].is_word() && !text.tokens[at].is_number();
    // The label consists of days and places; the first other word ends it, at the mark before that word.
    let limit = sentence.end.min(sentence.start + LONGEST_HEAD);
    let head = (sentence.start..limit).take_while(|at| bare(*at) || spots.in_day_or_place(*at));
    let head = sentence.start..head.last()? + 1;
    let mark = |at: &usize| matches!(text.token_text(*at), ":" | "|" | ";");
    let first = head.clone().find(mark)?;
    // The place may follow the first mark, as in "14 May: Lima, ministers of …" or "14 May | Lima | …".
    let after_comma = |at: &usize| mark(at) || text.token_text(*at) == "," && spots.in_place(at - 1);
    let end = (first..head.end).rfind(after_comma)? + 1;
    (sentence.start..end).any(|at| spots.in_place(at)).then_some(sentence.start..end)
}
