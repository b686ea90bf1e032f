//! The main text of a page, found by Readability as in browsers' reader views. It consists of blocks separated by
//! empty lines, so that no sentence runs into the next heading, item or cell.

use super::names::{CONSENT, INLINE, NOT_THE_ARTICLE};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, ParsePolicy, Readability};

/// The minimum number of characters outside links for a block to count as prose, as for paragraphs in Mozilla's
/// Readability.
const SHORTEST_PARAGRAPH: usize = 25;
/// The number of characters of prose that ends the search: Readability's minimum for a readable page.
const ENOUGH: usize = 140;

/// The element in which Readability leaves its result.
const FOUND: &str = "#readability-page-1";

/// How strictly other content is removed; the first policy that finds enough prose is used.
const POLICIES: [ParsePolicy; 3] = [ParsePolicy::Strict, ParsePolicy::Moderate, ParsePolicy::Clean];

/// The main text; `None` if the page has only navigation.
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

/// The title without the name of the site, which many pages append.
pub(super) fn title(page: &Document) -> Option<String> {
    let title = readability(page)?.get_article_title().trim().to_owned();
    (!title.is_empty()).then_some(title)
}

fn read(page: &Document, policy: ParsePolicy) -> Option<Blocks> {
    let mut readability = readability(page)?;
    readability.parse_with_policy(policy).ok()?;
    // The result is read from Readability's tree: its HTML would lose a cell without its table.
    let found = readability.doc.select_single(FOUND);
    found.nodes().first().map(Blocks::of)
}

fn readability(page: &Document) -> Option<Readability> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    Readability::with_document(page.clone(), None, Some(config)).ok()
}

/// Wraps text directly in the body, which Readability ignores, in an element.
fn wrap_bare_text(page: &Document) {
    let Some(body) = page.body() else { return };
    if body.children_it(false).any(|child| child.is_text() && !child.text().trim().is_empty()) {
        let part = page.tree.new_element("div");
        page.tree.reparent_children_of(&body.id, Some(part.id));
        body.append_child(&part);
    }
}

/// Whether a part of the page is a cookie dialog. An element that contains the headline is none, whatever its name.
fn asks_for_consent(part: &NodeRef<'_>) -> bool {
    let mut names = ["id", "class"].iter().filter_map(|key| part.attr(key)).map(|name| name.to_ascii_lowercase());
    names.any(|name| CONSENT.iter().any(|word| name.contains(word)))
        && !part.descendants_it().any(|inner| inner.has_name("h1") || inner.has_name("article"))
}

/// Text in blocks.
#[derive(Default)]
struct Blocks {
    all: Vec<String>,
    /// The number of characters of paragraphs outside links.
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

    /// Recursion is safe, as the depth of the tree is limited.
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

    /// Ends the block. An empty line within it, from preformatted text or `br`, also ends a block. A block that is
    /// only a link leads away from the article, and is dropped.
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
