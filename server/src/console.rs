//! What is done once, from the console, and told on standard output.

use std::{fs::File, io::Write as _, path::Path, process::ExitCode};

use domain::{kernel::EmailAddress, organisation::Role};
use server::config::Config;
use service::{
    cpv, person,
    store::{self, Store},
};

use crate::{Outcome, prepared};

pub(crate) async fn create_user(email: &EmailAddress, name: &str, organisation: &str, role: Role) -> Outcome {
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

pub(crate) async fn recount() -> Outcome {
    let store = as_it_is().await?;
    let mut out = std::io::stdout();
    match store::ledger_sums::first_differing(&store).await? {
        None => {
            writeln!(out, "every sum holds")?;
            Ok(ExitCode::SUCCESS)
        }
        Some(found) => {
            writeln!(out, "differs: {found}")?;
            Ok(ExitCode::FAILURE)
        }
    }
}

pub(crate) async fn verify() -> Outcome {
    let store = as_it_is().await?;
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

/// The database as it is: nothing is made, migrated or shipped.
async fn as_it_is() -> Result<Store, Box<dyn std::error::Error>> {
    let config = Config::read(|name| std::env::var(name).ok(), true)?;
    let store = Store::open(&existing(&config.database_url)).await?;
    if !store.is_ready().await {
        return Err("the database is not up to date: beffroi migrate".into());
    }
    Ok(store)
}

/// SQLite must find its file.
fn existing(url: &str) -> String {
    if url.starts_with("sqlite:") && !url.contains('?') { format!("{url}?mode=rw") } else { url.to_owned() }
}

pub(crate) async fn import_cpv(file: &Path) -> Outcome {
    let source = File::open(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let (_, services) = prepared(true).await?;
    let count = cpv::import(&services, source).await?;
    writeln!(std::io::stdout(), "{count} codes")?;
    Ok(ExitCode::SUCCESS)
}

/// JSON lines in, JSON lines out, in the same order; a line that can't be answered says why, and the status tells.
pub(crate) fn calc() -> Outcome {
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
