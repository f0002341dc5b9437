use leptos::prelude::*;

/// The head of a page, in the order in which it is read.
pub struct Head {
    title: String,
    lede: Option<String>,
    back: Option<(String, String)>,
    above: Option<AnyView>,
    actions: Vec<AnyView>,
}

/// A page's head: its title says the thing, not the module.
pub fn head(title: impl Into<String>) -> Head {
    Head { title: title.into(), lede: None, back: None, above: None, actions: Vec::new() }
}

/// The stone band of an entry page of the public.
pub fn public_head(title: impl Into<String>, lede: impl Into<String>) -> AnyView {
    view! {
        <div class="band">
            <div class="wrap">
                <svg class="tower" viewBox="0 0 120 150" aria-hidden="true" focusable="false">
                    <g fill="currentColor">
                        <path d="M60 0v14l20 30h5v14h-4v92H39V58h-4V44h5z"/>
                        <path d="M0 150V96l14-13 14 13v54zM92 150v-44l14-13 14 13v44z"/>
                    </g>
                    <path fill="var(--stone)" d="M49 92V74a11 11 0 0 1 22 0v18zM55 150v-18a5 5 0 0 1 10 0v18z"/>
                    <path fill="var(--brass)" d="M60 68c-4 0-6 3-6 7 0 4-1.400 6-2.800 7.400h17.600C67.400 81 66 79 66 75c0-4-2-7-6-7z"/>
                </svg>
                <h1>{title.into()}</h1>
                <p class="lede">{lede.into()}</p>
            </div>
        </div>
    }
    .into_any()
}

impl Head {
    #[must_use]
    pub fn lede(mut self, lede: impl Into<String>) -> Self {
        self.lede = Some(lede.into());
        self
    }

    /// The link to the page above this one.
    #[must_use]
    pub fn back(mut self, address: impl Into<String>, word: impl Into<String>) -> Self {
        self.back = Some((address.into(), word.into()));
        self
    }

    /// Reference and tags, over the title.
    #[must_use]
    pub fn above(mut self, above: impl IntoView + 'static) -> Self {
        self.above = Some(above.into_any());
        self
    }

    /// A link or a button at the right; the first is the primary one.
    #[must_use]
    pub fn action(mut self, action: impl IntoView + 'static) -> Self {
        self.actions.push(action.into_any());
        self
    }

    pub fn view(self) -> AnyView {
        let actions = (!self.actions.is_empty()).then(|| view! { <div class="row actions">{self.actions}</div> });
        view! {
            {self.back.map(|(address, word)| view! { <a class="govuk-back-link" href=address>{word}</a> })}
            <div class="head">
                <div>
                    {self.above.map(|above| view! { <p class="row">{above}</p> })}
                    <h1>{self.title}</h1>
                    {self.lede.map(|lede| view! { <p class="lede">{lede}</p> })}
                </div>
                {actions}
            </div>
        }
        .into_any()
    }
}
