use serde_json::json;

use super::*;

fn ask(line: &Value) -> Result<Value, String> {
    answer(&line.to_string(), &ParameterSet::shipped())
}

fn answered(line: &Value) -> Value {
    ask(line).expect("an answer")
}

#[track_caller]
fn assert_refused(line: &Value, sentence: &str) {
    assert_eq!(ask(line).map_err(|error| error.replace(['\u{a0}', '\u{202f}'], " ")), Err(sentence.to_owned()));
}

#[test]
fn a_deadline_is_counted_and_explained() {
    let answer = answered(&json!({"calc":"deadline","kind":"calendar","event":"2026-11-05","length":15}));

    assert_eq!(answer["raw_end"], "2026-11-20");
    assert_eq!(answer["end"], "2026-11-20");
    assert_eq!(answer["free_from"], "2026-11-21");
    assert_eq!(answer["why"].as_array().map(Vec::len), Some(2));
    assert_eq!(answer.as_object().map(serde_json::Map::len), Some(4));
}

#[test]
fn the_reasons_of_a_deadline_read_as_sentences() {
    let sentences = |kind: &str, event: &str, length: u32| {
        let answer = answered(&json!({"calc":"deadline","kind":kind,"event":event,"length":length}));
        let why = answer["why"].as_array().expect("a list").clone();
        why.iter().map(|line| line.as_str().expect("a text").replace(['\u{a0}', '\u{202f}'], " ")).collect::<Vec<_>>()
    };

    assert_eq!(
        sentences("calendar", "2024-08-14", 2),
        [
            "Le jour de l’événement, mercredi 14 août 2024, ne compte pas (règlement 1182/71, art. 3, § 1).",
            "2 jours de calendrier mènent au vendredi 16 août 2024.",
            "Du lendemain de l’événement au vendredi 16 août 2024, il n’y a pas deux jours ouvrables : la fin passe au \
             lundi 19 août 2024 (règlement 1182/71, art. 3, § 5).",
        ]
    );
    assert_eq!(
        sentences("working", "2026-11-10", 1)[1..],
        [
            "Le mercredi 11 novembre 2026 (armistice) est férié et ne compte pas.",
            "1 jour ouvrable mène au jeudi 12 novembre 2026 : samedis, dimanches et jours fériés ne comptent pas.",
        ]
    );
    assert_eq!(
        sentences("backward", "2026-11-20", 6)[1..],
        [
            "6 jours en arrière mènent au samedi 14 novembre 2026, dernier jour admis ; un délai à rebours n’est pas \
             reporté.",
            "Par prudence, agir au plus tard le vendredi 13 novembre 2026.",
        ]
    );
}

#[test]
fn a_procedure_is_answered_with_its_rows_and_reasons() {
    let answer = answered(&json!({"calc":"procedure","on":"2026-03-09","nature":"services","estimate":"29999.99"}));

    assert_eq!(answer["allowed"], json!(["FM", "PNSPP", "PNDAPP", "PO", "PR", "PCAN"]));
    assert_eq!(answer["on_conditions"], json!(["DC", "PI"]));
    assert_eq!(answer["publication"]["PO"], "BE");
    assert_eq!(answer["publication"]["FM"], "none");
    assert_eq!(answer["min_days"]["PO"], json!({"plain":35,"electronic":30,"urgent":15}));
    assert_eq!(answer["min_days"].get("PNSPP"), None);
    let fm = json!({
        "key": "fm.max",
        "value": "30000.00",
        "valid_from": "2018-01-01",
        "legal_ref": "Loi du 17 juin 2016, art. 92, et AR du 18 avril 2017, art. 124",
        "certainty": "C",
    });
    assert!(answer["rows"].as_array().is_some_and(|rows| rows.contains(&fm)));
    let why = answer["why"]["PNSPP"].as_str().expect("a sentence").replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(
        why,
        "Estimation inférieure à 140 000,00 € HTVA (loi du 17 juin 2016, art. 42). La limite porte sur la dépense à \
         approuver : elle est revue à l’attribution. Pas d’avis de marché préalable."
    );
}

#[test]
fn the_law_of_2028_is_refused_by_name() {
    assert_refused(
        &json!({"calc":"procedure","on":"2028-01-01","nature":"works","estimate":"1.00"}),
        "Le paramètre « eu.threshold.works » n’a pas de valeur au 1er janvier 2028 : à compléter avant de calculer.",
    );
}

#[test]
fn shares_are_answered_by_identifier() {
    let participants = json!([{"id":"B","weight":8500},{"id":"A","weight":12000},{"id":"C","weight":4300}]);
    let line = json!({
        "calc":"shares","total":"100000.00","key":"population","fixed_percent":"20","participants":participants
    });

    assert_eq!(answered(&line), json!({"shares":{"A":"45376.34","B":"34086.02","C":"20537.64"}}));
    let equal =
        json!({"calc":"shares","total":"100.00","key":"equal","participants":[{"id":"A"},{"id":"B"},{"id":"C"}]});
    assert_eq!(answered(&equal), json!({"shares":{"A":"33.34","B":"33.33","C":"33.33"}}));
}

#[test]
fn shares_take_one_kind_of_fixed_part_and_a_weight_where_it_counts() {
    assert_refused(
        &json!({
            "calc":"shares","total":"1.00","key":"equal","fixed_percent":"1","fixed_amount":"0.10",
            "participants":[{"id":"A"}]
        }),
        "« fixed_percent » et « fixed_amount » : choisir l’un ou l’autre.",
    );
    let by_population =
        |participant: Value| json!({"calc":"shares","total":"1.00","key":"population","participants":[participant]});
    assert_refused(&by_population(json!({"id":"A"})), "Le champ « weight » manque.");
    assert_refused(
        &by_population(json!({"id":"A","weight":-1})),
        "« weight » : un nombre entier, nul ou positif, est attendu.",
    );
    assert_refused(
        &by_population(json!({"id":"A","weight":1,"name":"Namur"})),
        "Le champ « name » est inconnu ; champs admis : id, weight.",
    );
}

#[test]
fn identifiers_are_checked_and_put_in_one_form() {
    let check = |kind: &str, text: &str| answered(&json!({"calc":"identifier","kind":kind,"text":text}));

    assert_eq!(check("ogm", "***123/4567/89002***"), json!({"valid":true,"normal":"+++123/4567/89002+++"}));
    assert_eq!(check("bce", "566988259"), json!({"valid":true,"normal":"0566.988.259"}));
    assert_eq!(check("vat", "be 0451.461.655"), json!({"valid":true,"normal":"BE0451461655"}));
    assert_eq!(check("iban", "BE68539007547034"), json!({"valid":true,"normal":"BE68 5390 0754 7034"}));
    assert_eq!(check("iban", "BE69539007547034")["valid"], false);
    assert_eq!(check("bce", "")["valid"], false);
}

#[test]
fn scores_are_answered_with_ranks() {
    let line = json!({
        "calc":"score","formula":"F1","weight":"40","prices":["120000.00","100000.00","150000.00"],
        "other":["54","40","57"]
    });

    let expected = json!({
        "points":["33.33","40.00","26.67"],"totals":["87.33","80.00","83.67"],"ranks":[1,3,2],"provisional":false
    });
    assert_eq!(answered(&line), expected);

    let zero = json!({"calc":"score","formula":"F4","ceiling":"200.00","weight":"40","prices":["0.00","100.00"]});
    let expected = json!({"points":[null,"40.00"],"totals":[null,"40.00"],"ranks":[null,1],"provisional":true});
    assert_eq!(answered(&zero), expected);
}

#[test]
fn scores_that_cannot_be_computed_are_refused() {
    let score = |formula: &str, other: Value| json!({"calc":"score","formula":formula,"weight":"40","prices":["1.00"],"other":other});

    assert_refused(&score("F4", json!(["1"])), "Le champ « ceiling » manque.");
    assert_refused(&score("F5", json!(["1"])), "« formula » : « F5 » est inconnu ; valeurs admises : F1, F2, F3, F4.");
    assert_refused(&score("F1", json!(["1", "2"])), "« other » : il faut autant de points que de prix.");
    assert_refused(&score("F1", json!(["-1"])), "« other » : une valeur négative n’est pas admise.");
    assert_refused(&score("F1", json!([1])), "« other » : un texte entre guillemets est attendu.");
}

#[test]
fn a_surety_is_answered_or_forbidden() {
    let surety = |award: &str| answered(&json!({"calc":"surety","award":award,"percent":"5"}));

    assert_eq!(surety("81234.00"), json!({"surety":"4070.00"}));
    assert_eq!(surety("49999.99"), json!({"forbidden":true}));
}

#[test]
fn a_question_that_is_not_one_is_refused_in_french() {
    let set = ParameterSet::shipped();

    assert_eq!(answer("{", &set), Err("La ligne n’est pas du JSON, à partir du caractère 1.".into()));
    assert!(answer("[]", &set).is_err());
    assert!(answer("", &set).is_err());
    assert_refused(&json!({}), "Le champ « calc » manque.");
    assert_refused(
        &json!({"calc":"tarot"}),
        "« calc » : « tarot » est inconnu ; valeurs admises : deadline, procedure, shares, identifier, score, surety, vat, \
         delay, interest, revision, advance, modification, subsidy, contribution, state_aid.",
    );
    let deadline =
        |event: Value, length: Value| json!({"calc":"deadline","kind":"calendar","event":event,"length":length});
    for event in ["2026-02-30", "05/11/2026", "2026-2-3", "+2026-11-05", ""] {
        assert_refused(
            &deadline(json!(event), json!(1)),
            &format!("« event » : « {event} » n’est pas une date de la forme 2026-11-05."),
        );
    }
    assert_refused(
        &deadline(json!("2026-11-05"), json!(-1)),
        "« length » : un nombre entier, nul ou positif, est attendu.",
    );
    assert_refused(
        &deadline(json!("2026-11-05"), json!(40_000)),
        "Le délai sort du calendrier : un siècle au plus, entre 1900 et 2999.",
    );
    assert_refused(
        &json!({"calc":"procedure","on":"2026-03-09","nature":"services","estimate":"1","lot":1}),
        "Le champ « lot » est inconnu ; champs admis : calc, on, nature, estimate.",
    );
    assert_refused(
        &json!({"calc":"procedure","on":"2026-03-09","nature":"services","estimate":"30 000"}),
        "« estimate » : un nombre de la forme \"38400.00\" est attendu.",
    );
    assert_refused(
        &json!({"calc":"procedure","on":"2026-03-09","nature":"services","estimate":"0.00"}),
        "« estimate » : l’estimation doit être supérieure à zéro.",
    );
}
