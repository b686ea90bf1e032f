//! The names under which pages tell of themselves, and the parts of a page that are no article. Where a list is in an order, the
//! most reliable comes first.
//!
//! Sources: schema.org, the Open Graph protocol (ogp.me), Dublin Core (DCMI Metadata Terms), the documentation of Google Scholar
//! (`citation_`), Parse.ly (`parsely-`), Sailthru and Cxense. Licence: facts, CC0-1.0.

/// JSON-LD types of an article: schema.org's `Article` and what is below it that news sites use.
pub(super) const ARTICLE_TYPES: [&str; 15] = [
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "AskPublicNewsArticle",
    "ReviewNewsArticle",
    "LiveBlogPosting",
    "BlogPosting",
    "SocialMediaPosting",
    "Article",
    "Report",
    "AdvertiserContentArticle",
    "SatiricalArticle",
    "TechArticle",
];

/// JSON-LD types of a page, which count where it tells of no article.
pub(super) const PAGE_TYPES: [&str; 2] = ["WebPage", "ItemPage"];

/// `meta` that tell when the page was published; never when it was modified.
pub(super) const PUBLISHED: [&str; 19] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dcterms.issued",
    "dc.date.issued",
    "citation_publication_date",
    "citation_online_date",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
];

/// `meta` that tell the headline.
pub(super) const TITLE: [&str; 5] = ["og:title", "twitter:title", "parsely-title", "dcterms.title", "dc.title"];

/// `meta` that tell who publishes the page.
pub(super) const SITE: [&str; 2] = ["og:site_name", "dcterms.publisher"];

/// `meta` that tell the page's own address.
pub(super) const ADDRESS: [&str; 1] = ["og:url"];

/// What is on a page beside its article.
pub(super) const NOT_THE_ARTICLE: &str = "script, style, noscript, template, nav, dialog, button, select, textarea, iframe, svg, \
     [role=navigation], [role=dialog], [role=alertdialog], [role=search], [role=contentinfo], [aria-modal=true]";

/// Words in the `id` or `class` of what asks about cookies.
pub(super) const CONSENT: [&str; 5] = ["cookie", "consent", "gdpr", "ccpa", "onetrust"];

/// Elements that stand within a line; every other begins a block of text.
pub(super) const INLINE: [&str; 35] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "output", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "u", "var", "wbr",
];

/// How hosts of one site begin: the same page for other screens.
pub(super) const SAME_SITE: [&str; 4] = ["www.", "m.", "mobile.", "amp."];
