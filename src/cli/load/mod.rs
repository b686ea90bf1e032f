//! `daybook load`: stores the articles of files, and what people put right in exported events, while the service serves. How far it has come in a file of lines is kept in
//! the database, so that it goes on there; what was stored already is so again without harm.

mod lines;

use super::{
    input::{Content, Form, form, unpacked},
    postgresql::PostgreSql,
};
use crate::config::{DataDir, Database};
use daybook::{
    article::{Article, Known},
    event::Event,
    extract::{Extraction, Extractor},
    http::{Limits, system_time},
    store::{self, Outcome, Restored, Store},
};
use futures_util::{StreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};
use lines::{Line, Lines};
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

/// How many articles are read while one is stored.
const AHEAD: usize = 8;

/// After how many lines it is kept how far they reach. What is stored after that is found to be there already.
const KEEP_EVERY: u64 = 500;

/// Which files to load.
#[derive(clap::Args, Debug)]
pub struct Load {
    /// Articles; standard input, one a line, where - is given
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Read files from their beginning, however far they were loaded before
    #[arg(long)]
    from_start: bool,
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    data_dir: DataDir,
}

/// Loads the files one after another and says what became of their articles.
pub async fn run(command: &Load) -> Result<ExitCode, Box<dyn Error>> {
    let database = PostgreSql::start_or_join(&command.database, &command.data_dir).await?;
    let mut loader = Loader {
        store: database.store.clone(),
        extractor: Arc::new(Extractor::new()),
        from_start: command.from_start,
        counts: Counts::default(),
    };
    let outcome = loader.load(&command.files).await;
    database.stop().await;
    let is_whole = outcome?;
    println!("{}", loader.counts);
    Ok(if is_whole && loader.counts.refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What became of the articles.
#[derive(Default)]
struct Counts {
    created: u64,
    replaced: u64,
    unchanged: u64,
    put_right: u64,
    refused: u64,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { created, replaced, unchanged, put_right, refused } = self;
        writeln!(f, "articles stored: {created}; new versions: {replaced}; there already: {unchanged}")?;
        write!(f, "events put right: {put_right}; lines or files not taken: {refused}")
    }
}

struct Loader {
    store: Store,
    extractor: Arc<Extractor>,
    from_start: bool,
    counts: Counts,
}

/// An article as it stands in a file.
struct Written {
    form: Form,
    /// None where it is too long.
    text: Option<Vec<u8>>,
    line: Option<Line>,
}

/// What was read.
struct Read {
    what: Result<What, String>,
    line: Option<Line>,
}

/// What can be loaded.
enum What {
    Article(Box<Article>, Extraction),
    /// As it was exported.
    Event(Box<Event>),
}

impl Loader {
    /// Loads the files; false where a signal ended it early.
    async fn load(&mut self, files: &[PathBuf]) -> Result<bool, Box<dyn Error>> {
        self.store.migrate().await?;
        let mut interrupted = pin!(tokio::signal::ctrl_c());
        for file in files {
            let loaded = tokio::select! {
                loaded = self.file(file) => loaded,
                _ = &mut interrupted => return Ok(false),
            };
            loaded.map_err(|error| format!("{}: {error}; load it again to go on", file.display()))?;
        }
        Ok(true)
    }

    async fn file(&mut self, file: &Path) -> Result<(), Box<dyn Error>> {
        let bar = bar(file)?;
        let path = fs::canonicalize(file).ok().map(|path| path.to_string_lossy().into_owned());
        let articles = match (form(file), &path) {
            (Form::JsonLines, Some(path)) => written_lines(self.go_on(file, path, &bar).await?),
            _ if file == "-" => written_lines(Lines::new(Box::new(BufReader::new(stdin())), most())),
            (form, _) => Box::new(iter::once(whole(form, content(file, &bar)?))),
        };
        let extractor = self.extractor.clone();
        let mut articles = pin!(stream::iter(articles).map(|written| read(extractor.clone(), written)).buffered(AHEAD));
        let mut done = None;
        while let Some(read) = articles.next().await {
            let Read { what, line } = read?;
            self.store(what, &|problem| tell(&bar, file, line.as_ref(), problem)).await?;
            done = line.map(|line| line.loaded).or(done);
            if let Some((path, loaded)) = path.as_ref().zip(done).filter(|(_, done)| done.lines % KEEP_EVERY == 0) {
                self.store.keep_loaded(path, &loaded, system_time()).await?;
            }
        }
        if let Some((path, loaded)) = path.zip(done) {
            self.store.keep_loaded(&path, &loaded, system_time()).await?;
        }
        bar.finish_and_clear();
        Ok(())
    }

    /// The lines of a file that were not loaded before.
    async fn go_on(&self, file: &Path, path: &str, bar: &ProgressBar) -> Result<Lines<Content>, Box<dyn Error>> {
        let mut lines = Lines::new(content(file, bar)?, most());
        let Some(loaded) = self.store.loaded(path).await?.filter(|_| !self.from_start) else { return Ok(lines) };
        if lines.resume(&loaded)? {
            let from = loaded.lines + 1;
            bar.suspend(|| eprintln!("daybook: {}: goes on at line {from}; --from-start reads it all", file.display()));
            return Ok(lines);
        }
        bar.reset();
        Ok(Lines::new(content(file, bar)?, most()))
    }

    /// Stores what was read, or tells why it cannot be.
    async fn store(&mut self, what: Result<What, String>, tell: &impl Fn(&str)) -> Result<(), store::Error> {
        match what {
            Ok(What::Article(article, extraction)) => {
                match self.store.ingest(&article, &extraction, system_time()).await?.outcome {
                    Outcome::Created => self.counts.created += 1,
                    Outcome::Replaced => self.counts.replaced += 1,
                    Outcome::Unchanged => self.counts.unchanged += 1,
                }
            }
            Ok(What::Event(event)) => match self.store.restore(&event, system_time()).await? {
                Restored::PutRight => self.counts.put_right += 1,
                Restored::AsItIs => {}
                Restored::WithoutArticles => {
                    self.counts.refused += 1;
                    tell("is put right by a person, but its articles are not here; load them first, then this again");
                }
            },
            Err(problem) => {
                self.counts.refused += 1;
                tell(&problem);
            }
        }
        Ok(())
    }
}

/// The longest line, or file of one article, in bytes: what the API takes where nothing else is said.
fn most() -> usize {
    Limits::default().body
}

/// How far a file is read: on standard error, where that is a terminal.
fn bar(file: &Path) -> io::Result<ProgressBar> {
    if file == Path::new("-") {
        return Ok(ProgressBar::hidden());
    }
    let style = ProgressStyle::with_template("{msg} {wide_bar} {bytes}/{total_bytes} {eta}");
    let bar = ProgressBar::new(fs::metadata(file)?.len()).with_message(file.display().to_string());
    Ok(bar.with_style(style.map_err(io::Error::other)?))
}

fn content(file: &Path, bar: &ProgressBar) -> io::Result<Content> {
    unpacked(file, bar.wrap_read(File::open(file)?))
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

/// Reads an article or an event, off the thread that stores.
async fn read(extractor: Arc<Extractor>, written: io::Result<Written>) -> io::Result<Read> {
    let Written { form, text, line } = written?;
    let what = tokio::task::spawn_blocking(move || {
        let text = text.ok_or_else(|| format!("is longer than {} bytes", most()))?;
        let article = match form {
            Form::WebPage => Article::from_web_page(&text, None, &Known::default()),
            Form::PlainText => Article::from_plain_text(utf8(&text)?),
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

/// Says what is wrong with a file, or a line of it.
fn tell(bar: &ProgressBar, file: &Path, line: Option<&Line>, problem: &str) {
    let line = line.map(|line| format!("{}:", line.number)).unwrap_or_default();
    bar.suspend(|| eprintln!("daybook: {}:{line} {problem}", file.display()));
}
