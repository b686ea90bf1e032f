//! Web pages as articles: each page in tests/corpus/pages, with its known metadata, yields the
//! article in the file beside it.

use daybook::article::{Article, InvalidArticle, Known};
use serde_json::{Value, json};
use std::{fs, path::Path};

fn known(value: &Value) -> Known {
    let text = |field: &str| value[field].as_str().map(str::to_owned);
    Known {
        url: text("url"),
        title: text("title"),
        source: text("source"),
        published_on: text("published_on").map(|day| day.parse().unwrap()),
        published_at: text("published_at").map(|instant| instant.parse().unwrap()),
        language: text("language"),
        external_id: text("external_id"),
    }
}

/// Returns the article in the format of the files: its paragraphs in a list, without absent fields.
fn written(article: &Article) -> Value {
    let mut value = serde_json::to_value(article).unwrap();
    let fields = value.as_object_mut().unwrap();
    fields.retain(|_, field| !field.is_null());
    fields.insert("text".into(), json!(article.text.split("\n\n").collect::<Vec<_>>()));
    value
}

#[test]
fn each_page_gives_the_article_that_stands_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/pages");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let pages: Vec<_> = files.filter(|file| file.extension().is_some_and(|extension| extension == "html")).collect();
    assert!(pages.len() >= 7);
    for page in pages {
        let expected: Value = serde_json::from_slice(&fs::read(page.with_extension("json")).unwrap()).unwrap();
        let read = Article::from_web_page(&fs::read(&page).unwrap(), Some("text/html"), &known(&expected["known"]));
        match read {
            Ok(article) => {
                let got = written(&article);
                assert_eq!(got, expected["article"], "{}: {got:#}", page.display());
            }
            Err(InvalidArticle { field, problem, .. }) => {
                let expected = &expected["problem"];
                assert_eq!(field.as_deref(), expected["field"].as_str(), "{}: {problem}", page.display());
                assert!(problem.contains(expected["says"].as_str().unwrap()), "{}: {problem}", page.display());
            }
        }
    }
}

/// Returns a page with a text of its own, with additions in its head and before the text.
fn page(head: &str, body: &str) -> String {
    let text =
        "The ministers of Ghana and Togo will meet in Accra on 9 March to sign what their deputies have written. ";
    format!("<html><head>{head}</head><body>{body}<article><p>{}</p></article></body></html>", text.repeat(3))
}

fn read(html: &str, known: &Known) -> Result<Article, InvalidArticle> {
    Article::from_web_page(html.as_bytes(), None, known)
}

#[test]
fn what_the_sender_says_outranks_the_page() {
    let html = page(
        "<title>Of the page, whose name is long enough</title><meta property=og:site_name content=Page>
         <meta property=article:published_time content=2023-02-14T23:30:00+01:00>",
        "",
    );
    let html = html.replace("<html>", "<html lang=fr>");
    let article = read(
        &html,
        &Known {
            title: Some(" Of the sender ".into()),
            source: Some("Sender".into()),
            language: Some("en".into()),
            published_at: Some("2023-02-14T22:31:00Z".parse().unwrap()),
            ..Known::default()
        },
    );
    let expected = json!({"title": "Of the sender", "source": "Sender", "language": "en", "published_on": "2023-02-14",
                          "published_at": "2023-02-14T22:31:00Z"});
    let mut got = written(&article.unwrap());
    got.as_object_mut().unwrap().remove("text");
    assert_eq!(got, expected);
}

#[test]
fn the_day_of_a_known_instant_is_the_pages_if_it_fits() {
    let on = |meta: &str, at: &str| {
        let head = format!("<meta property=article:published_time content={meta}>");
        let known = Known { published_at: Some(at.parse().unwrap()), ..Known::default() };
        read(&page(&head, ""), &known).unwrap().published_on.to_string()
    };
    assert_eq!(on("2023-02-15", "2023-02-14T20:00:00Z"), "2023-02-15");
    assert_eq!(on("2023-02-18", "2023-02-14T20:00:00Z"), "2023-02-14");
    assert_eq!(on("never", "2023-02-14T20:00:00Z"), "2023-02-14");
}

#[test]
fn the_canonical_address_is_believed_on_its_own_site() {
    let url = |canonical: &str, known: Option<&str>| {
        let head = format!("<link rel=canonical href='{canonical}'><meta name=date content=2023-02-14>");
        read(&page(&head, ""), &Known { url: known.map(str::to_owned), ..Known::default() }).unwrap().url
    };
    let known = Some("https://m.news.example/world/1?ref=x");
    assert_eq!(url("https://www.news.example/a", known).as_deref(), Some("https://www.news.example/a"));
    assert_eq!(url("../a#top", known).as_deref(), Some("https://m.news.example/a"));
    for not_believed in
        ["https://other.example/a", "https://evilnews.example/a", "https://news.example/", "javascript:x", ""]
    {
        assert_eq!(url(not_believed, known).as_deref(), known, "{not_believed}");
    }
    assert_eq!(url("https://other.example/a", None).as_deref(), Some("https://other.example/a"));
    assert_eq!(url("/a", None), None);
}

#[test]
fn what_only_the_page_says_and_no_article_can_have_is_passed_over() {
    let head = format!("<title>{}</title><meta name=date content=2023-02-14>", "long ".repeat(1000));
    assert_eq!(read(&page(&head, ""), &Known::default()).unwrap().title, None);
    let long = Known { title: Some("long ".repeat(1000)), ..Known::default() };
    assert_eq!(read(&page(&head, ""), &long).unwrap_err().field.as_deref(), Some("title"));
    let nowhere = Known { url: Some("news/1".into()), ..Known::default() };
    assert_eq!(read(&page(&head, ""), &nowhere).unwrap_err().field.as_deref(), Some("url"));
}

#[test]
fn what_is_no_page_is_refused() {
    let known = Known { published_on: Some("2023-02-14".parse().unwrap()), ..Known::default() };
    let field = |bytes: &[u8]| Article::from_web_page(bytes, None, &known).unwrap_err().field;
    assert_eq!(field(b"").as_deref(), Some("text"));
    assert_eq!(field(b" \n").as_deref(), Some("text"));
    assert_eq!(
        field(b"<!doctype html><body><script>let a = 'no text at all, but a long script of many words'</script>")
            .as_deref(),
        Some("text")
    );
    assert_eq!(field(b"%PDF-1.7\0\x01\x02\xff\xfe"), None);
    // Browsers treat text without mark-up as a page.
    let bare = "Ghana and Togo will meet in Accra on 9 March to sign what their deputies have written.";
    let text = |html: &str| Article::from_web_page(html.as_bytes(), None, &known).map(|article| article.text);
    assert_eq!(text(bare).as_deref(), Ok(bare));
    assert_eq!(text(&format!("{bare}<br><br>{bare}")), Ok(format!("{bare}\n\n{bare}")));
}

/// In a debug build, which uses most stack, and on a thread like those of the service.
#[test]
fn pages_beyond_all_bounds_are_given_up_and_others_read() {
    let known = Known { published_on: Some("2023-02-14".parse().unwrap()), ..Known::default() };
    let problem = |body: &str| read(&page("", body), &known).err().map(|error| error.problem).unwrap_or_default();
    for open in ["<div>", "<table><tr><td>", "<b>", "<ul><li>", "<svg><g>"] {
        assert!(problem(&open.repeat(100_000)).contains("nested"), "{open}");
    }
    assert!(problem(&"<p>x".repeat(1 << 18)).contains("elements"));
    let deep = format!("{}{}{}", "<div>".repeat(100), "<p>word, word ".repeat(2000), "</div>".repeat(100));
    assert_eq!(problem(&deep), "");
    assert_eq!(problem(&format!("<img alt='{}'>", "x".repeat(1 << 20))), "");
    let script =
        "<script type=application/ld+json>{\"@type\": \"NewsArticle\", \"datePublished\": \"2023-02-1\"}</script>";
    assert_eq!(problem(&script.repeat(10_000)), "");
    assert_eq!(problem(&format!("<script type=application/ld+json>{}</script>", "[".repeat(1 << 20))), "");
}
