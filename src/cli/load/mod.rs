//! `daybook load`: stores the articles in files, and the corrections in exported events, while the service runs. The
//! position in a file of lines is stored in the database, so that an interrupted load resumes; storing an article again
//! changes nothing.

mod lines;

use super::{
    Place,
    input::{Content, Form, decompressed, form},
    postgresql::PostgreSql,
};
use daybook::{
    article::{Article, Known},
    event::Event,
    extract::{Extraction, Extractor},
    http::{Limits, system_time},
    store::{self, Outcome, Record, Restored, Store},
};
use futures_util::{StreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};
use lines::{Line, Lines};
use serde::{Deserialize, de::IgnoredAny};
use std::{
    error::Error,
    fmt,
    fs::{self, File},
    io::{self, BufReader, Read as _, stdin},
    iter,
    panic::resume_unwind,
    path::{Path, PathBuf},
    pin::pin,
    process::ExitCode,
    sync::Arc,
};

/// How many articles are stored in one transaction, while as many are extracted. The position in the file is stored
/// after each.
const BATCH: usize = 32;

/// The files to load.
#[derive(clap::Args, Debug)]
pub struct Load {
    /// Articles as plain text with header lines (title, date, URL), .json, .jsonl, .ndjson or .html, or
    /// exports (.ndjson), optionally compressed (.gz, .zst); - reads NDJSON from standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Start at the beginning of each file instead of resuming
    #[arg(long)]
    from_start: bool,
    #[command(flatten)]
    place: Place,
}

/// Loads the files in order and prints the counts.
pub async fn run(command: &Load) -> Result<ExitCode, Box<dyn Error>> {
    let database = PostgreSql::open(&command.place.database, &command.place.data_dir).await?;
    let mut loader = Loader {
        store: database.store.clone(),
        extractor: Arc::new(Extractor::new()),
        from_start: command.from_start,
        counts: Counts::default(),
    };
    let outcome = loader.load(&command.files).await;
    database.stop().await;
    let is_complete = outcome?;
    println!("{}", loader.counts);
    Ok(if is_complete && loader.counts.rejected == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The outcomes.
#[derive(Default)]
struct Counts {
    created: u64,
    replaced: u64,
    unchanged: u64,
    corrected: u64,
    restored: u64,
    rejected: u64,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { created, replaced, unchanged, corrected, restored, rejected } = self;
        writeln!(f, "articles created: {created}; replaced: {replaced}; unchanged: {unchanged}")?;
        write!(f, "events corrected: {corrected}; records restored: {restored}; rejected lines or files: {rejected}")
    }
}

struct Loader {
    store: Store,
    extractor: Arc<Extractor>,
    from_start: bool,
    counts: Counts,
}

/// The unparsed content of a line or file.
struct Written {
    form: Form,
    /// `None` if it is too large.
    text: Option<Vec<u8>>,
    line: Option<Line>,
}

/// A parsed input.
struct Read {
    what: Result<What, String>,
    line: Option<Line>,
}

/// The content of an input.
enum What {
    Article(Box<Article>, Extraction),
    /// From an export.
    Event(Box<Event>),
    /// From an export: a correction, a dismissal, a saved timeline, a feed or a webhook.
    Record(Box<Record>),
}

impl Loader {
    /// Loads the files; returns false if a signal interrupted it.
    async fn load(&mut self, files: &[PathBuf]) -> Result<bool, Box<dyn Error>> {
        self.store.migrate().await?;
        let mut interrupted = pin!(tokio::signal::ctrl_c());
        for file in files {
            let loaded = tokio::select! {
                loaded = self.file(file) => loaded,
                _ = &mut interrupted => return Ok(false),
            };
            loaded.map_err(|error| format!("{}: {error}{}", file.display(), remedy(&*error)))?;
        }
        Ok(true)
    }

    async fn file(&mut self, file: &Path) -> Result<(), Box<dyn Error>> {
        let bar = bar(file)?;
        let path = fs::canonicalize(file).ok().map(|path| path.to_string_lossy().into_owned());
        let articles = match (form(file), &path) {
            (Form::JsonLines, Some(path)) => written_lines(self.resume(file, path, &bar).await?),
            _ if file == "-" => written_lines(Lines::new(Box::new(BufReader::new(stdin())), most())),
            (form, _) => Box::new(iter::once(whole(form, content(file, &bar)?))),
        };
        let extractor = self.extractor.clone();
        let reads = stream::iter(articles).map(|written| read(extractor.clone(), written)).buffered(BATCH);
        let mut batches = pin!(reads.ready_chunks(BATCH));
        while let Some(batch) = batches.next().await {
            let batch = batch.into_iter().collect::<io::Result<Vec<_>>>()?;
            let done = batch.last().and_then(|read| read.line.as_ref()).map(|line| line.loaded);
            self.store(batch, &|line, problem| tell(&bar, file, line, problem)).await?;
            if let Some((path, done)) = path.as_ref().zip(done) {
                self.store.keep_loaded(path, &done, system_time()).await?;
            }
        }
        bar.finish_and_clear();
        Ok(())
    }

    /// The lines of a file that are not loaded yet.
    async fn resume(&self, file: &Path, path: &str, bar: &ProgressBar) -> Result<Lines<Content>, Box<dyn Error>> {
        let mut lines = Lines::new(content(file, bar)?, most());
        let Some(loaded) = self.store.loaded(path).await?.filter(|_| !self.from_start) else { return Ok(lines) };
        if lines.resume(&loaded)? {
            let from = loaded.lines + 1;
            bar.suspend(|| {
                eprintln!(
                    "daybook: {}: resuming at line {from}; use --from-start to load the whole file",
                    file.display()
                );
            });
            return Ok(lines);
        }
        bar.reset();
        Ok(Lines::new(content(file, bar)?, most()))
    }

    /// Stores inputs in order, or reports why one is rejected.
    async fn store(&mut self, batch: Vec<Read>, tell: &impl Fn(Option<&Line>, &str)) -> Result<(), store::Error> {
        let mut articles = Vec::new();
        for Read { what, line } in batch {
            let tell = |problem: &str| tell(line.as_ref(), problem);
            match what {
                Ok(What::Article(article, extraction)) => articles.push((article, extraction)),
                Ok(What::Event(event)) => {
                    // Its articles may precede it.
                    self.store_articles(std::mem::take(&mut articles)).await?;
                    let restored = self.store.restore(&event, system_time()).await?;
                    self.counts.corrected += u64::from(restored == Restored::Corrected);
                    self.note(restored, &tell);
                }
                Ok(What::Record(record)) => {
                    self.store_articles(std::mem::take(&mut articles)).await?;
                    let restored = self.store.restore_record(*record, system_time()).await?;
                    self.counts.restored += u64::from(restored == Restored::Corrected);
                    self.note(restored, &tell);
                }
                Err(problem) => {
                    self.counts.rejected += 1;
                    tell(&problem);
                }
            }
        }
        self.store_articles(articles).await
    }

    async fn store_articles(&mut self, articles: Vec<(Box<Article>, Extraction)>) -> Result<(), store::Error> {
        let batch: Vec<_> = articles.iter().map(|(article, extraction)| (&**article, extraction)).collect();
        for outcome in self.store.load(&batch, system_time()).await? {
            match outcome {
                Outcome::Created => self.counts.created += 1,
                Outcome::Replaced => self.counts.replaced += 1,
                Outcome::Unchanged => self.counts.unchanged += 1,
            }
        }
        Ok(())
    }

    /// Reports what cannot be restored.
    fn note(&mut self, restored: Restored, tell: &impl Fn(&str)) {
        let problem = match restored {
            Restored::Corrected | Restored::Unchanged => return,
            Restored::WithoutArticles => {
                "has corrections, but its articles are not stored; load the articles first, then this file again"
            }
            Restored::Unknown => "is of another version of daybook; load it with that version",
        };
        self.counts.rejected += 1;
        tell(problem);
    }
}

/// Whether a line is a record.
#[derive(Deserialize)]
struct Typed {
    #[serde(rename = "type")]
    _type: IgnoredAny,
}

/// Returns what to do after an error that ended the load of a file; nothing helps if it cannot be
/// opened.
fn remedy(error: &(dyn Error + 'static)) -> &'static str {
    let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
    match kind {
        Some(io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied | io::ErrorKind::IsADirectory) => "",
        _ => "; load the file again to resume",
    }
}

/// The maximum size of a line, or of a file with one article, in bytes: the default limit of the API.
fn most() -> usize {
    Limits::default().body
}

/// The progress bar, on standard error if that is a terminal.
fn bar(file: &Path) -> io::Result<ProgressBar> {
    if file == Path::new("-") {
        return Ok(ProgressBar::hidden());
    }
    let style = ProgressStyle::with_template("{msg} {wide_bar} {bytes}/{total_bytes} {eta}");
    let bar = ProgressBar::new(fs::metadata(file)?.len()).with_message(file.display().to_string());
    Ok(bar.with_style(style.map_err(io::Error::other)?))
}

fn content(file: &Path, bar: &ProgressBar) -> io::Result<Content> {
    decompressed(file, bar.wrap_read(File::open(file)?))
}

fn written_lines(lines: Lines<Content>) -> Box<dyn Iterator<Item = io::Result<Written>> + Send> {
    let written = |mut line: Line| Written { form: Form::JsonLines, text: line.text.take(), line: Some(line) };
    let is_blank = |line: &Line| line.text.as_ref().is_some_and(|text| text.trim_ascii().is_empty());
    Box::new(lines.filter(move |line| !line.as_ref().is_ok_and(is_blank)).map(move |line| line.map(written)))
}

/// A file of one article.
fn whole(form: Form, content: Content) -> io::Result<Written> {
    let mut text = Vec::new();
    content.take(most() as u64 + 1).read_to_end(&mut text)?;
    Ok(Written { form, text: Some(text).filter(|text| text.len() <= most()), line: None })
}

/// Parses and extracts, off the thread that stores.
async fn read(extractor: Arc<Extractor>, written: io::Result<Written>) -> io::Result<Read> {
    let Written { form, text, line } = written?;
    let what = tokio::task::spawn_blocking(move || {
        let text = text.ok_or_else(|| format!("is larger than {} bytes", most()))?;
        let article = match form {
            Form::WebPage => Article::from_web_page(&text, None, &Known::default()),
            Form::PlainText => Article::from_plain_text(utf8(&text)?),
            Form::Json | Form::JsonLines if serde_json::from_slice::<Typed>(&text).is_ok() => {
                let record = serde_json::from_slice(&text).map_err(|error| format!("is not a record: {error}"))?;
                return Ok(What::Record(record));
            }
            Form::Json | Form::JsonLines => match serde_json::from_slice(&text) {
                Ok(event) => return Ok(What::Event(event)),
                Err(_) => Article::from_json(utf8(&text)?),
            },
        };
        let article = article.map_err(|error| error.to_string())?;
        let extraction = extractor.extract(&article);
        Ok(What::Article(Box::new(article), extraction))
    });
    Ok(Read { what: what.await.unwrap_or_else(|error| resume_unwind(error.into_panic())), line })
}

fn utf8(text: &[u8]) -> Result<&str, &'static str> {
    str::from_utf8(text).map_err(|_| "is not UTF-8")
}

/// Reports what is wrong with a file or one of its lines.
fn tell(bar: &ProgressBar, file: &Path, line: Option<&Line>, problem: &str) {
    let line = line.map(|line| format!("{}:", line.number)).unwrap_or_default();
    bar.suspend(|| eprintln!("daybook: {}:{line} {problem}", file.display()));
}
