//! `beffroi`: one program, a few words.

use std::{
    fs::File,
    io::{IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use domain::{kernel::EmailAddress, organisation::Role};
use server::{Site, config::Config, router_behind};
use service::{
    DemoClock, Services,
    clock::{SystemClock, TimeOrderedIds},
    cpv, job, organisation, parameter, person,
    store::{self, Store},
};
use tokio::{net::TcpListener, signal};

/// A page is made of thousands of small strings: a third of its cost was the system's allocator (docs/measures.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Joint public contracts, order vouchers, subsidies and contributions for communes.
#[derive(Parser)]
#[command(version)]
struct Words {
    #[command(subcommand)]
    word: Word,
}

#[derive(Subcommand)]
enum Word {
    /// Serve the pages, and carry out what was promised.
    Serve {
        /// Fill an empty database with the demo world, and let anybody sign in as its people.
        #[arg(long)]
        demo: bool,
    },
    /// Carry out what was promised, without serving pages.
    Work,
    /// People, from the console.
    User {
        #[command(subcommand)]
        word: UserWord,
    },
    /// Bring the database up to date, and ship the communes into it.
    Migrate,
    /// Fill an empty database with the demo world.
    Demo {
        /// Then add so many copies of its tenders, to measure with; they have no specification and no trail.
        #[arg(long, default_value_t = 0)]
        tenders: u64,
    },
    /// Read or check the trail.
    Audit {
        #[command(subcommand)]
        word: AuditWord,
    },
    /// Take a file in.
    Import {
        #[command(subcommand)]
        word: ImportWord,
    },
    /// Answer JSON lines on standard input with the very rules of the pages.
    Calc,
}

#[derive(Subcommand)]
enum AuditWord {
    /// Recompute every chain and name the first broken row.
    Verify,
}

#[derive(Subcommand)]
enum ImportWord {
    /// Codes of the common procurement vocabulary: columns `code` and `fr`, apart by commas or semicolons.
    Cpv {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Subcommand)]
enum UserWord {
    /// Give somebody a role, and print a one-time link to choose a password.
    Create {
        #[arg(long)]
        email: EmailAddress,
        #[arg(long)]
        name: String,
        /// NIS code, enterprise number or whole name.
        #[arg(long)]
        organisation: String,
        /// For instance `procurement_officer`, `chief_executive`, `coordinator`.
        #[arg(long, value_parser = role)]
        role: Role,
    },
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_code(&text.replace('-', "_")).ok_or_else(|| format!("one of: {}", Role::ALL.map(Role::code).join(", ")))
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into()))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    match run(Words::parse().word).await {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

type Outcome = Result<ExitCode, Box<dyn std::error::Error>>;

async fn run(word: Word) -> Outcome {
    match word {
        Word::Serve { demo } => serve(demo).await,
        Word::Work => {
            let (_, services) = prepared(false).await?;
            job::work_until(&services, asked_to_stop()).await;
            services.store().clone().close().await?;
            Ok(ExitCode::SUCCESS)
        }
        Word::User { word: UserWord::Create { email, name, organisation, role } } => {
            create_user(&email, &name, &organisation, role).await
        }
        Word::Migrate => {
            prepared(false).await?;
            Ok(ExitCode::SUCCESS)
        }
        Word::Demo { tenders } => {
            let (_, services) = prepared(true).await?;
            fill_demo(&services).await?;
            service::demo::crowd(&services, tenders).await?;
            Ok(ExitCode::SUCCESS)
        }
        Word::Audit { word: AuditWord::Verify } => verify().await,
        Word::Import { word: ImportWord::Cpv { file } } => import_cpv(&file).await,
        Word::Calc => calc(),
    }
}

/// The configuration, and the services on an up-to-date database.
async fn prepared(demo: bool) -> Result<(Config, Services), Box<dyn std::error::Error>> {
    let config = Config::read(|name| std::env::var(name).ok(), demo)?;
    std::fs::create_dir_all(&config.settings.data_dir)?;
    let store = Store::open(&writable(&config.database_url)).await?;
    store.migrate().await?;
    let services = Services::new(store, SystemClock, TimeOrderedIds, config.settings.clone());
    let services = if demo {
        services.on_demo_clock(DemoClock::kept_in(config.settings.data_dir.join("horloge")))
    } else {
        services
    };
    organisation::ship_communes(&services).await?;
    parameter::ship(&services).await?;
    cpv::ship(&services).await?;
    Ok((config, services))
}

/// SQLite must find its file.
fn existing(url: &str) -> String {
    if url.starts_with("sqlite:") && !url.contains('?') { format!("{url}?mode=rw") } else { url.to_owned() }
}

async fn fill_demo(services: &Services) -> Result<(), Box<dyn std::error::Error>> {
    match service::demo::fill(services).await {
        Err(service::Error::NotFound) => {
            Err("real people have accounts in this database: give the demo a database of its own, through DATABASE_URL"
                .into())
        }
        done => Ok(done?),
    }
}

/// SQLite makes its file when it is not there.
fn writable(url: &str) -> String {
    if url.starts_with("sqlite:") && !url.contains('?') { format!("{url}?mode=rwc") } else { url.to_owned() }
}

async fn serve(demo: bool) -> Outcome {
    use axum::serve::ListenerExt as _;

    let site = Site::find()?;
    let (config, services) = prepared(demo).await?;
    if demo {
        fill_demo(&services).await?;
    }
    let listener = TcpListener::bind(config.address).await?;
    tracing::info!("http://{}", listener.local_addr()?);

    let app = router_behind(services.clone(), site, config.proxies)
        .into_make_service_with_connect_info::<std::net::SocketAddr>();
    // Without it a streamed answer waits for the other side's acknowledgement.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let worker = tokio::spawn({
        let services = services.clone();
        async move {
            // An error says that `stop` was dropped: that is the sign to stop, too.
            let stopped = async { stopped.await.unwrap_or_default() };
            job::work_until(&services, stopped).await;
        }
    });
    axum::serve(listener, app).with_graceful_shutdown(asked_to_stop()).await?;
    drop(stop);
    worker.await?;
    services.store().clone().close().await?;
    Ok(ExitCode::SUCCESS)
}

async fn asked_to_stop() {
    let mut terminate =
        signal::unix::signal(signal::unix::SignalKind::terminate()).expect("signals can be listened to");
    tokio::select! {
        _ = signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

async fn create_user(email: &EmailAddress, name: &str, organisation: &str, role: Role) -> Outcome {
    let (_, services) = prepared(false).await?;
    let organisation = match store::organisations::named(&services, organisation).await {
        Ok(organisation) => organisation,
        Err(service::Error::NotFound) => return Err(format!("no organisation, or several: {organisation}").into()),
        Err(error) => return Err(error.into()),
    };
    let allowed = organisation.kind.roles();
    if !allowed.contains(&role) {
        let allowed: Vec<_> = allowed.iter().map(|role| role.code()).collect();
        return Err(format!("roles in {}: {}", organisation.name, allowed.join(", ")).into());
    }

    let link = person::create(&services, email, name, &organisation, role).await?;
    writeln!(std::io::stdout(), "{link}")?;
    Ok(ExitCode::SUCCESS)
}

/// Looks at the database as it is: nothing is made, migrated or shipped.
async fn verify() -> Outcome {
    let config = Config::read(|name| std::env::var(name).ok(), true)?;
    let store = Store::open(&existing(&config.database_url)).await?;
    if !store.is_ready().await {
        return Err("the database is not up to date: beffroi migrate".into());
    }
    let mut out = std::io::stdout();
    match store::audit::first_broken(&store).await? {
        None => {
            writeln!(out, "every chain holds")?;
            Ok(ExitCode::SUCCESS)
        }
        Some(broken) => {
            writeln!(out, "broken: {} row {}", broken.stream, broken.seq)?;
            Ok(ExitCode::FAILURE)
        }
    }
}

async fn import_cpv(file: &Path) -> Outcome {
    let source = File::open(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let (_, services) = prepared(true).await?;
    let count = cpv::import(&services, source).await?;
    writeln!(std::io::stdout(), "{count} codes")?;
    Ok(ExitCode::SUCCESS)
}

/// JSON lines in, JSON lines out, in the same order; a line that can't be answered says why, and the status tells.
fn calc() -> Outcome {
    let parameters = domain::parameter::ParameterSet::shipped();
    let mut out = std::io::stdout().lock();
    let mut code = ExitCode::SUCCESS;
    for line in std::io::stdin().lines() {
        let answer = domain::calc::answer(&line?, &parameters).unwrap_or_else(|error| {
            code = ExitCode::FAILURE;
            serde_json::json!({ "error": error })
        });
        writeln!(out, "{answer}")?;
    }
    Ok(code)
}
