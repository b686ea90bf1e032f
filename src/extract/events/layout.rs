//! The layout of a text: datelines, labels, and agendas in which a day heads the lines of what happens on it.

use crate::event::Precision;
use crate::extract::entities::{Entity, Named, PlaceId};
use crate::extract::lexicon::Class;
use crate::extract::text::{Document, Shape, beginning_within};
use crate::extract::time::{Form, Timex, TimexType};
use enumset::EnumSet;
use jiff::civil::Date;
use std::ops::Range;

/// The longest dateline, in tokens.
const LONGEST_DATELINE: usize = 16;
/// The longest label at the head of a line, in tokens.
const LONGEST_LABEL: usize = 12;
/// The longest heading of a day, in tokens besides its dates and names.
const LONGEST_HEADING: usize = 3;
/// How many sentences a block of "WHAT", "WHEN" and "WHERE" has at most.
const LONGEST_BLOCK: usize = 8;

/// What the layout says of each sentence.
#[derive(Debug)]
pub(super) struct Layout {
    lines: Vec<Line>,
    /// The town of the first dateline: where the report was written.
    pub written_in: Option<PlaceId>,
    /// The lines begin with the times at which they were posted, the latest first.
    pub is_live: bool,
}

/// What the layout says of a sentence.
#[derive(Debug, Default)]
struct Line {
    dateline: Range<usize>,
    label: Range<usize>,
    heading: Option<usize>,
    place: Option<PlaceId>,
    is_heading: bool,
    is_marked: bool,
}

/// What layout is read from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a, 't> {
    pub text: &'a Document<'t>,
    pub classes: &'a [EnumSet<Class>],
    pub dates: &'a [Timex],
    pub named: &'a Named,
    pub published: Date,
}

impl Layout {
    /// The tokens of the dateline that a sentence begins with ("GENEVA, March 6 (Agency) –"); empty where it has none.
    pub fn dateline(&self, sentence: usize) -> Range<usize> {
        self.lines[sentence].dateline.clone()
    }

    /// The tokens of a label that names the place at the head of a line ("- Brussels: …"); empty where it has none.
    pub fn label(&self, sentence: usize) -> Range<usize> {
        self.lines[sentence].label.clone()
    }

    /// The day that heads the agenda of which a sentence is an item, as a place in the text's dates.
    pub fn heading(&self, sentence: usize) -> Option<usize> {
        self.lines[sentence].heading
    }

    /// The place that heads the agenda, beside its day.
    pub fn place(&self, sentence: usize) -> Option<PlaceId> {
        self.lines[sentence].place
    }

    /// Whether a sentence is of a line that is marked as an item of a list.
    pub fn is_item(&self, sentence: usize) -> bool {
        self.lines[sentence].is_marked
    }

    /// Whether a sentence is itself the heading of an agenda.
    pub fn is_heading(&self, sentence: usize) -> bool {
        self.lines[sentence].is_heading
    }
}

/// The layout of a text.
pub(super) fn read(source: Source<'_, '_>) -> Layout {
    let Source { text, dates, named, .. } = source;
    let mut lines: Vec<Line> = Vec::with_capacity(text.sentences.len());
    let mut written_in = None;
    // The day and place that head the lines, and the day that the present line begins with.
    let mut current: Option<(usize, Option<PlaceId>)> = None;
    let mut of_line: Option<usize> = None;
    for sentence in &text.sentences {
        let tokens = &sentence.tokens;
        let opens_line = text.tokens[tokens.start].new_line;
        let entities = &named.entities[beginning_within(&named.entities, |e| &e.tokens, tokens)];
        let own = beginning_within(dates, |timex| &timex.tokens, tokens);
        let mut line = Line {
            dateline: dateline(source, tokens),
            label: label(source, tokens, entities, &dates[own.clone()]),
            ..Line::default()
        };
        if written_in.is_none() && !line.dateline.is_empty() {
            written_in = entities.iter().find(|e| line.dateline.contains(&e.tokens.start)).and_then(|e| e.place);
        }
        let day = own.clone().find(|at| is_day_ahead(&dates[*at], source.published));
        // "20 May: Lima, donors' meeting" is an item.
        let said = (line.label.end..tokens.end).any(|at| text.tokens[at].is_word());
        let labelled = !line.label.is_empty() && said;
        let heads = opens_line && day.is_some() && !labelled && is_heading(source, tokens, entities, &dates[own]);
        if opens_line {
            // "Monday 3 May: Japan and Chile hold talks. The ministers sign …"
            let colon = |end: usize| end < tokens.end && text.token_text(end) == ":";
            of_line = day.filter(|day| dates[*day].tokens.start == tokens.start && colon(dates[*day].tokens.end));
            let bullet = source.classes[tokens.start].contains(Class::AgendaMark);
            line.is_marked = bullet || !line.label.is_empty() || !line.dateline.is_empty();
        } else if let Some(before) = lines.last() {
            // "- Brussels: Ministers meet. They will speak at noon."
            line.is_marked = before.is_marked && !before.is_heading;
        }
        if heads {
            line.is_heading = true;
            current = day.map(|day| (day, entities.iter().find_map(|e| e.place)));
        } else {
            // An item of an agenda is a line of its own, or marked as one.
            current = current.filter(|_| opens_line || line.is_marked);
            line.heading = current.map(|(day, _)| day).or(of_line.filter(|_| !opens_line));
            line.place = current.and_then(|(_, place)| place);
            // "LIMA - Visit by …", under a day
            if line.heading.is_some() && line.label.is_empty() {
                line.label = line.dateline.clone();
            }
        }
        lines.push(line);
    }
    read_blocks(source, &mut lines);
    Layout { lines, written_in, is_live: is_live(source) }
}

/// Gives the first line of a block ("WHAT: …", "WHEN: …", "WHERE: …") the day and the place that the others state.
fn read_blocks(source: Source<'_, '_>, lines: &mut [Line]) {
    let Source { text, classes, dates, named, published } = source;
    let begins_with = |of: usize, class: Class| {
        let tokens = &text.sentences[of].tokens;
        let colon = tokens.len() > 2 && text.token_text(tokens.start + 1) == ":";
        colon && text.tokens[tokens.start].new_line && classes[tokens.start].contains(class)
    };
    for what in (0..lines.len()).filter(|of| begins_with(*of, Class::Question)) {
        for of in what + 1..lines.len().min(what + LONGEST_BLOCK) {
            let tokens = &text.sentences[of].tokens;
            if begins_with(of, Class::When) {
                let days = beginning_within(dates, |timex| &timex.tokens, tokens);
                lines[what].heading = days.into_iter().find(|at| is_day_ahead(&dates[*at], published));
                lines[of].is_heading = true;
            } else if begins_with(of, Class::Where) {
                let entities = &named.entities[beginning_within(&named.entities, |e| &e.tokens, tokens)];
                // "Lima, Peru": the town, which stands first, of a hall the last name.
                let town = entities.iter().rev().find_map(|e| e.place.filter(|_| e.party.is_none()));
                lines[what].place = town.or_else(|| entities.iter().find_map(|e| e.place));
            }
        }
    }
}

/// Whether the times at the heads of the lines say when they were posted: the latest stands first. In an agenda it is last.
fn is_live(source: Source<'_, '_>) -> bool {
    let Source { text, dates, .. } = source;
    let first = |timex: &&Timex| timex.form == Form::Clock && text.tokens[timex.tokens.start].new_line;
    let stamps = dates.iter().filter(first).filter_map(|timex| timex.clock);
    let stamps: Vec<i16> = stamps.map(|clock| clock.minutes).collect();
    stamps.len() > 1 && stamps.windows(2).all(|pair| pair[0] > pair[1])
}

fn is_day_ahead(timex: &Timex, published: Date) -> bool {
    let day = timex.days().is_some_and(|days| days.precision == Precision::Day && days.first > published);
    timex.timex_type == TimexType::Date && day
}

/// A line that holds nothing but a day after that of publication, which stands at the head of a letter, and places.
fn is_heading(source: Source<'_, '_>, tokens: &Range<usize>, entities: &[Entity], dates: &[Timex]) -> bool {
    let words = tokens.clone().filter(|at| source.text.tokens[*at].is_word());
    let words: Vec<usize> = words.filter(|at| !is_day_or_place(*at, entities, dates)).collect();
    let states = words.iter().any(|at| source.classes[*at].contains(Class::Finite));
    // "What we expect for Saturday:", before the bullets of a list.
    let colon = tokens.len() > 1 && source.text.token_text(tokens.end - 1) == ":";
    let announces = colon && source.classes.get(tokens.end).is_some_and(|next| next.contains(Class::AgendaMark));
    (words.len() <= LONGEST_HEADING && !states || announces)
        && tokens.len() <= 2 * LONGEST_DATELINE
        && entities.iter().all(|e| e.place.is_some())
}

/// The dateline of a sentence: it ends with a dash that stands apart, and before it everything is written with capitals, in
/// brackets or in digits.
fn dateline(source: Source<'_, '_>, sentence: &Range<usize>) -> Range<usize> {
    let Source { text, classes, .. } = source;
    let none = sentence.start..sentence.start;
    if sentence.is_empty() || !text.tokens[sentence.start].new_line {
        return none;
    }
    // "* ULAN BATOR — …"
    let bullet = usize::from(classes[sentence.start].contains(Class::AgendaMark) && sentence.len() > 1);
    let first = &text.tokens[sentence.start + bullet];
    let limit = sentence.end.min(sentence.start + LONGEST_DATELINE);
    let is_dash = |at: &usize| classes[*at].contains(Class::Dash) && !text.tokens[*at].glued;
    let Some(dash) = (sentence.start + 1 + bullet..limit).find(is_dash) else { return none };
    let is_head = |at: usize| text.tokens[at].shape != Shape::Lower || text.tokens[at].len() <= 2;
    let mark = |at: usize, mark: &str| text.token_text(at) == mark;
    let bracketed = (sentence.start..dash).any(|at| mark(at, "("));
    let written_so = first.shape == Shape::Upper || bracketed;
    if !first.is_capitalised() || !written_so || !(sentence.start..dash).all(is_head) {
        return none;
    }
    // Two hyphens make a dash, too.
    sentence.start..dash + 1 + usize::from(dash + 1 < sentence.end && mark(dash + 1, "-"))
}

/// The label of a line, up to its colon: "- Brussels: ministers meet", "Monday 9 October - Nairobi: …".
fn label(source: Source<'_, '_>, sentence: &Range<usize>, entities: &[Entity], dates: &[Timex]) -> Range<usize> {
    let text = source.text;
    let none = sentence.start..sentence.start;
    let limit = sentence.end.min(sentence.start + LONGEST_LABEL);
    if !text.tokens[sentence.start].new_line {
        return none;
    }
    let in_place = |at: usize| is_day_or_place(at, entities, &[]);
    let bare = |at: usize| !text.tokens[at].is_word() && !text.tokens[at].is_number();
    // What begins the line and is neither a day nor a place ends the label at the mark before it.
    let head = (sentence.start..limit).take_while(|at| bare(*at) || is_day_or_place(*at, entities, dates));
    let head = head.last().map_or(sentence.start, |last| last + 1);
    let mark = |at: &usize| matches!(text.token_text(*at), ":" | "|");
    let Some(first) = (sentence.start..head).find(mark) else { return none };
    // "14 May: Lima, ministers of …", "14 May | Lima | …"
    let after_comma = |at: &usize| mark(at) || text.token_text(*at) == "," && in_place(at - 1);
    let end = (first..head).rev().find(after_comma).unwrap_or(first) + 1;
    if (sentence.start..end).any(in_place) { sentence.start..end } else { none }
}

/// Whether a token is of a date or of the name of a place.
fn is_day_or_place(at: usize, entities: &[Entity], dates: &[Timex]) -> bool {
    let in_place = entities.iter().any(|e| e.place.is_some() && e.tokens.contains(&at));
    in_place || dates.iter().any(|timex| timex.tokens.contains(&at))
}
