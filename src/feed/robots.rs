//! What robots.txt lets us read (RFC 9309).

use jiff::SignedDuration;
use texting_robots::Robot;
use url::Url;

/// The name that robots.txt may give rules for.
const NAME: &str = "daybook";

/// How much of a robots.txt counts, as RFC 9309 asks: 500 KiB.
const MOST: usize = 500 * 1024;

/// The longest pause between two requests that is granted.
const LONGEST_DELAY: SignedDuration = SignedDuration::from_hours(1);

/// What a host lets us read, and how fast.
#[derive(Debug)]
pub struct Robots {
    /// None where the text makes no sense: then nothing is read.
    rules: Option<Robot>,
}

impl Robots {
    /// Where the robots.txt of `url`'s host is; none where it has no host.
    pub fn place(url: &Url) -> Option<Url> {
        url.join("/robots.txt").ok()
    }

    /// As much of `bytes` as counts, as text that can be kept.
    pub fn kept(bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes.get(..MOST).unwrap_or(bytes)).replace('\0', "")
    }

    /// The rules that stand in `text`.
    pub fn new(text: &str) -> Self {
        Self { rules: Robot::new(NAME, text.as_bytes()).ok() }
    }

    /// Whether `url` may be read.
    pub fn allow(&self, url: &Url) -> bool {
        self.rules.as_ref().is_some_and(|rules| rules.allowed(url.as_str()))
    }

    /// The pause between two requests that the host asks for (`Crawl-delay`).
    pub fn delay(&self) -> SignedDuration {
        let seconds = self.rules.as_ref().and_then(|rules| rules.delay).filter(|seconds| seconds.is_finite());
        SignedDuration::try_from_secs_f32(seconds.unwrap_or_default().max(0.0))
            .unwrap_or(LONGEST_DELAY)
            .min(LONGEST_DELAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &str) -> Url {
        format!("https://news.example{path}").parse().unwrap()
    }

    #[test]
    fn rules_for_us_outrank_those_for_all() {
        let robots =
            Robots::new("User-agent: *\nDisallow: /\n\nUser-agent: Daybook\nDisallow: /private\nCrawl-delay: 7\n");
        assert!(robots.allow(&url("/feed.xml")) && !robots.allow(&url("/private/feed.xml")));
        assert_eq!(robots.delay(), SignedDuration::from_secs(7));
    }

    #[test]
    fn rules_for_all_hold_where_there_are_none_for_us() {
        let robots = Robots::new("User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /*.pdf$\nAllow: /a\n");
        assert!(robots.allow(&url("/feed.xml")) && robots.allow(&url("/a")) && !robots.allow(&url("/b.pdf")));
        assert_eq!(robots.delay(), SignedDuration::ZERO);
    }

    #[test]
    fn an_empty_one_allows_everything_and_no_delay_is_endless() {
        assert!(Robots::new("").allow(&url("/")));
        assert_eq!(Robots::new("User-agent: *\nCrawl-delay: 1e30").delay(), LONGEST_DELAY);
        assert_eq!(Robots::kept(&vec![b'a'; MOST + 1]).len(), MOST);
    }
}
