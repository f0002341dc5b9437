use domain::{
    authz::EditVoucher,
    kernel::time::brussels,
    voucher::{Step, VoucherDraft},
};
use service::voucher;

use super::{
    PATH,
    act::{self, Act},
    draft, form as read,
};
use crate::pages::{Cx, Done, Form, Params, Shown, Submitted, words::t};

pub(crate) async fn show(cx: Cx, params: Params, form: Form) -> Shown {
    let voucher = act::voucher(&cx, &params).await?;
    let today = brussels(cx.services().now()).date();
    let act = Act {
        title: t!(voucher.edit),
        lede: t!(voucher.edit_lede),
        button: t!(voucher.edit_save),
        steps: &[Step::Edit],
    };
    Ok(act::page::<EditVoucher>(cx, form, voucher, act, move |form, voucher| {
        let start = VoucherDraft {
            object: voucher.object.clone(),
            delivery_address: voucher.delivery_address.clone(),
            wanted_on: voucher.wanted_on,
            quantities: voucher.lines.iter().map(|line| (line.code.clone(), line.quantity)).collect(),
        };
        draft::fields(form, &voucher.contract, &start, today)
    }))
}

pub(crate) async fn submit(cx: Cx, params: Params, form: Form) -> Submitted {
    let found = act::voucher(&cx, &params).await?;
    let draft = read::draft(&form, found.contract.lines.iter().map(|line| line.code.as_str()))?;
    voucher::edit(cx.services(), cx.actor()?, found.id, read::version(&form), &draft).await?;
    Done::see(format!("{PATH}/{}?fait=bon-modifie", found.id))
}
