use domain::{audit::Stream, parameter::ParameterSet};

use crate::{
    Error, Services,
    store::{Audit, parameters},
};

/// Ships the rows that come with the program into a database that has none. Later rows are added by hand, never shipped
/// over what people decided.
pub async fn ship(services: &Services) -> Result<(), Error> {
    let tx = services.begin().await?;
    if parameters::count(&tx).await? > 0 {
        return Ok(());
    }
    let shipped = ParameterSet::shipped();
    let inserted = parameters::insert_shipped(&tx, &shipped).await?;
    let audit = Audit::unsigned(Stream::Platform, "parameter.ship").with("count", shipped.rows().count());
    tx.commit(audit, [inserted]).await?;
    parameters::forget(services);
    Ok(())
}
