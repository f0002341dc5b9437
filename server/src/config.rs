//! The environment, read in one place; every mistake is shown at once.

use std::{
    fmt, fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use domain::offer::FILE_MOST_MEBIBYTES;
use service::{MailMode, Settings, secret::Secret};

use crate::TrustedProxies;

/// What the environment asks for.
#[derive(Debug)]
pub struct Config {
    pub database_url: String,
    pub address: SocketAddr,
    pub settings: Settings,
    pub proxies: TrustedProxies,
}

/// Shortest secret accepted, in characters.
const LEAST_SECRET: usize = 32;

/// Files of one firm for one tender, in mebibytes: ten of the heaviest. Twenty firms then fill 20 GiB at most, and as much
/// again while they replace what they deposited.
const OFFER_MEBIBYTES: u64 = 1024;

/// A telephone that changes its network is back sooner; a sender who is gone holds a place no longer.
const UPLOAD_PAUSE: Duration = Duration::from_secs(30);

/// Everything that is wrong with the environment.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigErrors(Vec<String>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for ConfigErrors {}

impl Config {
    /// Reads the configuration through `variable`, which gives the value of an environment variable.
    ///
    /// # Errors
    /// [`ConfigErrors`] lists every mistake, one a line.
    pub fn read(variable: impl Fn(&str) -> Option<String>, demo: bool) -> Result<Self, ConfigErrors> {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let mut errors = Vec::new();

        let data_dir = PathBuf::from(set("BEFFROI_DATA_DIR").unwrap_or_else(|| "data".to_owned()));
        let database_url = set("DATABASE_URL").unwrap_or_else(|| format!("sqlite://{}/beffroi.db", data_dir.display()));
        if !["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| database_url.starts_with(scheme)) {
            errors.push("DATABASE_URL: write sqlite://path/to/file.db or postgres://user@host/database".to_owned());
        }
        let address = set("BEFFROI_ADDR").unwrap_or_else(|| "127.0.0.1:3000".to_owned());
        let address = address.parse().unwrap_or_else(|_| {
            errors.push(format!("BEFFROI_ADDR: {address} is not an address and port, such as 127.0.0.1:3000"));
            SocketAddr::from(([127, 0, 0, 1], 3000))
        });
        let base_url = set("BEFFROI_BASE_URL").unwrap_or_else(|| format!("http://{address}"));
        if !base_url.starts_with("http://") && !base_url.starts_with("https://") {
            errors.push(format!("BEFFROI_BASE_URL: {base_url} does not start with http:// or https://"));
        }
        let mail = match set("SMTP_URL") {
            None => MailMode::Files,
            Some(url) if url.starts_with("smtp://") || url.starts_with("smtps://") => MailMode::Smtp(url),
            Some(_) => {
                errors.push("SMTP_URL: write smtp://host:port or smtps://user:password@host:port".to_owned());
                MailMode::Files
            }
        };
        let proxies = set("BEFFROI_TRUSTED_PROXIES").unwrap_or_default().parse().unwrap_or_else(|part| {
            errors.push(format!(
                "BEFFROI_TRUSTED_PROXIES: {part} is neither an address nor a network such as 10.0.0.0/8"
            ));
            TrustedProxies::default()
        });
        let offer_mebibytes = match set("BEFFROI_OFFER_MEBIBYTES").map(|number| number.parse()) {
            None => OFFER_MEBIBYTES,
            Some(Ok(number)) if number >= FILE_MOST_MEBIBYTES => number,
            Some(_) => {
                errors.push(format!("BEFFROI_OFFER_MEBIBYTES: a number, {FILE_MOST_MEBIBYTES} (one file) at least"));
                OFFER_MEBIBYTES
            }
        };
        let secret = match set("BEFFROI_SECRET") {
            Some(secret) if secret.len() < LEAST_SECRET => {
                errors.push(format!(
                    "BEFFROI_SECRET: {LEAST_SECRET} characters at least; make one with: openssl rand -hex 32"
                ));
                Secret::new("")
            }
            Some(secret) => Secret::new(secret),
            None if demo => demo_secret(&data_dir).unwrap_or_else(|error| {
                errors.push(format!("BEFFROI_DATA_DIR: {}: {error}", data_dir.display()));
                Secret::new("")
            }),
            None => {
                errors.push("BEFFROI_SECRET is not set; make one with: openssl rand -hex 32".to_owned());
                Secret::new("")
            }
        };

        if !errors.is_empty() {
            return Err(ConfigErrors(errors));
        }
        let base_url = base_url.trim_end_matches('/').to_owned();
        let upload_pause = UPLOAD_PAUSE;
        let settings = Settings { base_url, data_dir, mail, demo, secret, offer_mebibytes, upload_pause };
        Ok(Self { database_url, address, settings, proxies })
    }
}

/// The demo makes its own secret and keeps it, so that sessions survive a restart.
fn demo_secret(data_dir: &Path) -> std::io::Result<Secret> {
    let file = data_dir.join("secret");
    if let Ok(kept) = fs::read_to_string(&file)
        && kept.len() >= LEAST_SECRET
    {
        return Ok(Secret::new(kept));
    }
    fs::create_dir_all(data_dir)?;
    let secret = service::secret::random_hex();
    fs::write(&file, &secret)?;
    Ok(Secret::new(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, ConfigErrors> {
        let pairs: Vec<(String, String)> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Config::read(move |name| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()), false)
    }

    #[test]
    fn without_a_secret_it_refuses_and_says_how_to_make_one() {
        let errors = read(&[]).expect_err("no secret");

        assert_eq!(errors.to_string(), "BEFFROI_SECRET is not set; make one with: openssl rand -hex 32");
    }

    #[test]
    fn every_mistake_is_shown_at_once() {
        let errors = read(&[
            ("DATABASE_URL", "mysql://x"),
            ("BEFFROI_ADDR", "nowhere"),
            ("BEFFROI_BASE_URL", "ftp://x"),
            ("SMTP_URL", "x"),
            ("BEFFROI_TRUSTED_PROXIES", "proxy.example"),
            ("BEFFROI_OFFER_MEBIBYTES", "99"),
            ("BEFFROI_SECRET", "short"),
        ])
        .expect_err("seven mistakes");

        assert_eq!(errors.to_string().lines().count(), 7, "{errors}");
    }

    #[test]
    fn the_secret_is_never_printed() {
        let config = read(&[("BEFFROI_SECRET", "0123456789abcdef0123456789abcdef")]).expect("a full configuration");

        assert!(!format!("{config:?}").contains("0123456789abcdef"));
        assert_eq!(config.database_url, "sqlite://data/beffroi.db");
        assert_eq!(config.address.to_string(), "127.0.0.1:3000");
    }
}
