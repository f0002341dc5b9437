use leptos::prelude::*;

use crate::pages::words::t;

/// Rows on one page of a list.
pub(super) const PER_PAGE: u64 = 25;

/// Links to the pages around this one; nothing when there is one page.
pub(super) fn links(page: u64, count: u64, address: &dyn Fn(u64) -> String) -> Option<AnyView> {
    let last = count.div_ceil(PER_PAGE).max(1);
    if last == 1 {
        return None;
    }
    let numbers: Vec<_> = (page.saturating_sub(2).max(1)..=last.min(page + 2))
        .map(|number| {
            let here = (number == page).then_some("page");
            let class = if number == page {
                "govuk-pagination__item govuk-pagination__item--current"
            } else {
                "govuk-pagination__item"
            };
            view! {
                <li class=class>
                    <a class="govuk-link govuk-pagination__link" href=address(number) aria-label=t!(need.page_n, n = number) aria-current=here>
                        {number}
                    </a>
                </li>
            }
        })
        .collect();
    let step = |number: u64, class: &'static str, rel: &'static str, word: &'static str| {
        view! {
            <div class=class><a class="govuk-link govuk-pagination__link" href=address(number) rel=rel>{word}</a></div>
        }
    };
    let before = (page > 1).then(|| step(page - 1, "govuk-pagination__prev", "prev", t!(need.previous)));
    let after = (page < last).then(|| step(page + 1, "govuk-pagination__next", "next", t!(need.next_page)));
    Some(
        view! {
            <nav class="govuk-pagination" aria-label=t!(need.pages)>
                {before}<ul class="govuk-pagination__list">{numbers}</ul>{after}
            </nav>
        }
        .into_any(),
    )
}
