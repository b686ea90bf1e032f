//! Names of metadata fields, and of the parts of a page that do not belong to the article. Ordered lists start with
//! the most reliable.
//!
//! Sources: schema.org, the Open Graph protocol (ogp.me), Dublin Core (DCMI Metadata Terms), the documentation of
//! Google Scholar (`citation_`), Parse.ly (`parsely-`), Sailthru and Cxense. Licence: facts, CC0-1.0.

/// JSON-LD types of an article: schema.org's `Article` and its subtypes in use on news sites.
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

/// JSON-LD types of a page, used if it states no article.
pub(super) const PAGE_TYPES: [&str; 2] = ["WebPage", "ItemPage"];

/// The `meta` names of the publication date; never of the modification date.
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

/// The `meta` names of the headline.
pub(super) const TITLE: [&str; 5] = ["og:title", "twitter:title", "parsely-title", "dcterms.title", "dc.title"];

/// The `meta` names of the publisher.
pub(super) const SITE: [&str; 2] = ["og:site_name", "dcterms.publisher"];

/// The `meta` names of the page's own URL.
pub(super) const ADDRESS: [&str; 1] = ["og:url"];

/// Elements that do not belong to the article.
pub(super) const NOT_THE_ARTICLE: &str = "script, style, noscript, template, nav, dialog, button, select, textarea, iframe, svg, \
     [role=navigation], [role=dialog], [role=alertdialog], [role=search], [role=contentinfo], [aria-modal=true]";

/// Words in the `id` or `class` of a cookie dialog.
pub(super) const CONSENT: [&str; 5] = ["cookie", "consent", "gdpr", "ccpa", "onetrust"];

/// Inline elements; every other element begins a block of text.
pub(super) const INLINE: [&str; 35] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "output", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "u", "var", "wbr",
];

/// Prefixes of the hosts of a site that serve the same page for other devices.
pub(super) const SAME_SITE: [&str; 4] = ["www.", "m.", "mobile.", "amp."];
