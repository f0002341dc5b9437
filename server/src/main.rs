//! `beffroi`: one program, a few words.

mod console;
mod words;

use std::{
    io::{IsTerminal as _, Write as _},
    process::ExitCode,
};

use clap::Parser as _;
use server::{Site, config::Config, router_behind};
use service::{
    DemoClock, Services,
    clock::{SystemClock, TimeOrderedIds},
    cpv, job, organisation, parameter,
    store::Store,
};
use tokio::{net::TcpListener, signal};
use words::{AuditWord, ImportWord, UserWord, Word, Words};

/// A page is made of thousands of small strings: a third of its cost was the system's allocator (docs/measures.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
            console::create_user(&email, &name, &organisation, role).await
        }
        Word::Migrate => {
            prepared(false).await?;
            Ok(ExitCode::SUCCESS)
        }
        Word::Demo { tenders, lines } => {
            let (_, services) = prepared(true).await?;
            fill_demo(&services).await?;
            service::demo::crowd(&services, tenders).await?;
            let told = |done: u64| {
                let _ = writeln!(std::io::stderr(), "{done} of {lines} lines");
            };
            service::demo::lines(&services, lines, told).await?;
            Ok(ExitCode::SUCCESS)
        }
        Word::Recount => console::recount().await,
        Word::Audit { word: AuditWord::Verify } => console::verify().await,
        Word::Import { word: ImportWord::Cpv { file } } => console::import_cpv(&file).await,
        Word::Calc => console::calc(),
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
