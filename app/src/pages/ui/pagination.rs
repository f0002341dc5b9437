use leptos::prelude::*;

use crate::pages::{Params, words::t};

/// Links to the pages of a list; nothing when there is one page. `path` keeps the query of `params`, so that a page is
/// an address to keep.
pub fn pagination(path: &str, params: &Params, page: u64, total: u64, per_page: u64) -> Option<AnyView> {
    let last = total.div_ceil(per_page);
    if last < 2 {
        return None;
    }
    let address = |page: u64| params.address_with(path, "page", &page.to_string());
    let mut items = Vec::new();
    let mut before = 0;
    for number in shown(page, last) {
        if number > before + 1 {
            items.push(
                view! { <li class="govuk-pagination__item govuk-pagination__item--ellipsis">"⋯"</li> }.into_any(),
            );
        }
        let is_current = number == page;
        let class = if is_current {
            "govuk-pagination__item govuk-pagination__item--current"
        } else {
            "govuk-pagination__item"
        };
        items.push(
            view! {
                <li class=class>
                    <a class="govuk-link govuk-pagination__link" href=address(number) aria-label=t!(common.page, n = number)
                        aria-current=is_current.then_some("page")>{number}</a>
                </li>
            }
            .into_any(),
        );
        before = number;
    }
    let previous = (page > 1).then(|| {
        view! {
            <div class="govuk-pagination__prev">
                <a class="govuk-link govuk-pagination__link" href=address(page - 1) rel="prev">{t!(common.previous)}</a>
            </div>
        }
    });
    let next = (page < last).then(|| {
        view! {
            <div class="govuk-pagination__next">
                <a class="govuk-link govuk-pagination__link" href=address(page + 1) rel="next">{t!(common.next)}</a>
            </div>
        }
    });
    Some(
        view! {
            <nav class="govuk-pagination" aria-label=t!(common.pagination)>
                {previous}
                <ul class="govuk-pagination__list">{items}</ul>
                {next}
            </nav>
        }
        .into_any(),
    )
}

/// The first page, the last, the current one and its neighbours.
fn shown(page: u64, last: u64) -> impl Iterator<Item = u64> {
    (1..=last).filter(move |number| *number == 1 || *number == last || number.abs_diff(page) < 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_and_the_neighbours_are_shown() {
        assert_eq!(shown(6, 11).collect::<Vec<_>>(), [1, 5, 6, 7, 11]);
        assert_eq!(shown(1, 2).collect::<Vec<_>>(), [1, 2]);
    }
}
