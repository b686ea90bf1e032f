//! The main text of a page: found as browsers' reader views find it, and written as blocks with a blank line between, so that no
//! sentence runs into the next heading, item or cell.

use super::names::{CONSENT, INLINE, NOT_THE_ARTICLE};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, ParsePolicy, Readability};

/// How much of a block must stand outside of links to be read, in characters: a paragraph of fewer counts for nothing in Mozilla's
/// Readability either.
const SHORTEST_PARAGRAPH: usize = 25;
/// What is enough to look no further, in characters: Readability's least length of a page that is worth reading.
const ENOUGH: usize = 140;

/// Where Readability puts what it found.
const FOUND: &str = "#readability-page-1";

/// How strictly what is not the article is left out. The first that finds enough is taken.
const POLICIES: [ParsePolicy; 3] = [ParsePolicy::Strict, ParsePolicy::Moderate, ParsePolicy::Clean];

/// The main text; none where there is nothing but navigation.
pub(super) fn of(page: &Document) -> Option<String> {
    page.select(NOT_THE_ARTICLE).remove();
    page.select("div, section, aside, form")
        .iter()
        .flat_map(|part| part.nodes().to_vec())
        .filter(asks_for_consent)
        .for_each(|part| {
            part.remove_from_parent();
        });
    wrap_bare_text(page);
    let mut best = Blocks::default();
    for policy in POLICIES {
        let found = read(page, policy).unwrap_or_default();
        if found.prose > best.prose {
            best = found;
        }
        if best.prose >= ENOUGH {
            break;
        }
    }
    (best.prose > 0).then(|| best.all.join("\n\n"))
}

/// The title that is on the page: without the site's name, which many write beside it.
pub(super) fn title(page: &Document) -> Option<String> {
    let title = readability(page)?.get_article_title().trim().to_owned();
    (!title.is_empty()).then_some(title)
}

fn read(page: &Document, policy: ParsePolicy) -> Option<Blocks> {
    let mut readability = readability(page)?;
    readability.parse_with_policy(policy).ok()?;
    // It leaves what it found in its tree. What it answers is that in HTML, from which a cell without its table would be lost.
    let found = readability.doc.select_single(FOUND);
    found.nodes().first().map(Blocks::of)
}

fn readability(page: &Document) -> Option<Readability> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    Readability::with_document(page.clone(), None, Some(config)).ok()
}

/// Readability reads elements, and of the page's body itself no text.
fn wrap_bare_text(page: &Document) {
    let Some(body) = page.body() else { return };
    if body.children_it(false).any(|child| child.is_text() && !child.text().trim().is_empty()) {
        let part = page.tree.new_element("div");
        page.tree.reparent_children_of(&body.id, Some(part.id));
        body.append_child(&part);
    }
}

/// Whether a part of the page asks about cookies. What holds the headline is more than that, whatever it is called.
fn asks_for_consent(part: &NodeRef<'_>) -> bool {
    let mut names = ["id", "class"].iter().filter_map(|key| part.attr(key)).map(|name| name.to_ascii_lowercase());
    names.any(|name| CONSENT.iter().any(|word| name.contains(word)))
        && !part.descendants_it().any(|inner| inner.has_name("h1") || inner.has_name("article"))
}

/// A text in blocks.
#[derive(Default)]
struct Blocks {
    all: Vec<String>,
    /// How many characters paragraphs have, outside of links.
    prose: usize,
    block: String,
    outside_links: usize,
}

impl Blocks {
    fn of(part: &NodeRef<'_>) -> Self {
        let mut blocks = Self::default();
        blocks.read(part, false, false);
        blocks.end();
        blocks
    }

    /// The tree is no deeper than a page may be, so this may go down the stack.
    fn read(&mut self, node: &NodeRef<'_>, in_link: bool, keeps_lines: bool) {
        for child in node.children_it(false) {
            if child.is_text() {
                self.write(&child.text(), in_link, keeps_lines);
                continue;
            }
            let Some(name) = child.node_name() else { continue };
            match &*name {
                "br" => self.block.push('\n'),
                name if INLINE.contains(&name) => self.read(&child, in_link || name == "a", keeps_lines),
                name => {
                    self.end();
                    self.read(&child, in_link, keeps_lines || name == "pre");
                    self.end();
                }
            }
        }
    }

    fn write(&mut self, text: &str, in_link: bool, keeps_lines: bool) {
        if !in_link {
            self.outside_links += text.chars().filter(|c| !c.is_whitespace()).count();
        }
        if keeps_lines {
            self.block.push_str(text);
        } else {
            self.block.extend(text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
        }
    }

    /// The block is over. A blank line within, as preformatted text and `br` make it, ends one as well. What is only a link leads
    /// away from the article and is no part of it.
    fn end(&mut self) {
        let block = std::mem::take(&mut self.block);
        let outside_links = std::mem::take(&mut self.outside_links);
        if outside_links == 0 {
            return;
        }
        if outside_links >= SHORTEST_PARAGRAPH {
            self.prose += outside_links;
        }
        let lines = block.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let lines: Vec<String> = lines.collect();
        self.all.extend(lines.split(String::is_empty).filter(|part| !part.is_empty()).map(|part| part.join("\n")));
    }
}
