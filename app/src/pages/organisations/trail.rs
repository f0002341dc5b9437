use domain::{audit::Stream, authz::Reach};
use service::{
    Error,
    store::{audit, organisations},
};

use crate::pages::{Cx, Form, Params, Shown, tenders};

/// What was done in the name of an organisation outside its tenders: for its own people, and for those who oversee all.
pub(crate) async fn show(cx: Cx, params: Params, _: Form) -> Shown {
    let organisation = organisations::find(cx.services(), params.parse("organisation")?).await?;
    let own = cx.actor()?.organisation() == organisation.id;
    if !own && cx.scope().reach() != Reach::Everything {
        return Err(Error::NotFound);
    }
    let back = (format!("/organisations/{}", organisation.id), organisation.name);
    let stream = Stream::Organisation(organisation.id);
    let rows = audit::page(cx.services(), stream, params.page() - 1, tenders::trail::PER_PAGE).await?;
    Ok(tenders::trail::page(cx, params, rows, "/organisations", back))
}
