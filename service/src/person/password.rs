use argon2::{
    Argon2, PasswordHash, PasswordHasher as _, PasswordVerifier as _,
    password_hash::{SaltString, rand_core::OsRng},
};
use domain::fault::Fault;

use crate::Error;

/// Shortest password taken, in characters.
const LEAST_CHARACTERS: usize = 12;

/// Longest, so that nobody keeps a processor busy by one form.
const MOST_CHARACTERS: usize = 200;

/// Refuses a password that is short or easy to guess, given what else is known of the person.
///
/// # Errors
/// [`Fault::WeakPassword`], [`Fault::TooLong`].
pub fn check_strength(password: &str, known: &[&str]) -> Result<(), Fault> {
    if password.chars().count() > MOST_CHARACTERS {
        return Err(Fault::TooLong { most: MOST_CHARACTERS });
    }
    let easy = zxcvbn::zxcvbn(password, known).score() < zxcvbn::Score::Three;
    if easy || password.chars().count() < LEAST_CHARACTERS { Err(Fault::WeakPassword) } else { Ok(()) }
}

/// Hashes with argon2id, outside the threads that serve pages.
pub async fn hash(password: String) -> Result<String, Error> {
    aside(move || {
        let salt = SaltString::generate(&mut OsRng);
        Argon2::default().hash_password(password.as_bytes(), &salt).map(|hash| hash.to_string())
    })
    .await?
    .map_err(|error| Error::Corrupt(error.to_string()))
}

/// Does the password go with the hash? Without a hash the same work is done and the answer is no, so that the time
/// taken does not tell whether an account exists.
pub(super) async fn verify(password: String, hash: Option<String>) -> Result<bool, Error> {
    aside(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let matches = PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        known && matches
    })
    .await
}

/// A well-formed hash that no password opens.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Corrupt(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_opens_its_own_hash_only() {
        let hash = hash("une phrase assez longue".to_owned()).await.expect("hashing works");

        assert!(verify("une phrase assez longue".to_owned(), Some(hash.clone())).await.expect("verifying works"));
        assert!(!verify("une autre phrase longue".to_owned(), Some(hash)).await.expect("verifying works"));
        assert!(!verify(String::new(), None).await.expect("verifying works"));
    }

    #[test]
    fn a_password_that_anybody_guesses_is_refused() {
        assert_eq!(check_strength("motdepasse123", &[]), Err(Fault::WeakPassword));
        assert_eq!(check_strength(&"mot ".repeat(51), &[]), Err(Fault::TooLong { most: 200 }));
        assert_eq!(check_strength("beffroi de Namur 1388 !", &[]), Ok(()));
    }
}
