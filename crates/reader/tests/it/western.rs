//! German and French sentences: verb brackets, passives, offices and countries, sums told in the next sentence.

use crate::document;

/// A text, and its deals as `payer > payee`; none when empty.
const TOLD: [(&str, &[&str]); 20] = [
    (
        "Die Nordbank räumt dem Textilkonzern Velmara eine Kreditlinie über 600 Millionen Euro ein.",
        &["Nordbank > Velmara"],
    ),
    (
        "Der Laborkonzern Tessuvia gibt seine Sparte für 310 Millionen Euro an Ombrani ab.",
        &["Ombrani > Tessuvia"],
    ),
    (
        "Der Möbelhändler Quorvell wurde von Zentavo für 400 Millionen Euro übernommen.",
        &["Zentavo > Quorvell"],
    ),
    ("Der Bund bürgt mit 1 Milliarde Euro für die Meltau Werft.", &["Bund > Meltau Werft"]),
    (
        "Merlato sicherte sich für 90 Millionen Euro die Rechte an einem Mittel von Abbasko.",
        &["Merlato > Abbasko"],
    ),
    (
        "Tessuvia trennt sich für 1,3 Milliarden Euro von seiner Tochter Vanoma, Käufer ist der Finanzinvestor Palladi.",
        &["Palladi > Tessuvia"],
    ),
    (
        "Ein Bankenkonsortium unter Führung der Uniqua stellt dem Hafenbetreiber Portega 450 Millionen Euro zur Verfügung.",
        &["Uniqua > Portega"],
    ),
    (
        "Der Fährbetreiber Skandora hat bei der Werft Cemora eine Fähre bestellt. Der Auftrag hat einen Wert von 80 Millionen Euro.",
        &["Skandora > Cemora"],
    ),
    (
        "Der Abruf kam überraschend für Rhenova. Der Rüstungskonzern Rhenova hat einen Abruf erhalten. Auftraggeber ist die Bundeswehr. Der Auftrag hat einen Wert von 880 Millionen Euro.",
        &["Bundeswehr > Rhenova"],
    ),
    ("Der Sensorkonzern Velmara erwartet für das laufende Jahr Erlöse von 5,6 Milliarden Euro.", &[]),
    ("Der Händler Quorvell steckt 30 Millionen Euro in den Neubau eines Lagers in Polen.", &[]),
    (
        "La région Occitanie verse une subvention de 15 millions d'euros au constructeur Aurelane.",
        &["Occitanie > Aurelane"],
    ),
    (
        "Le contrat, d'un montant de 120 millions d'euros, a été attribué à Effanor par la métropole de Lyon.",
        &["Lyon > Effanor"],
    ),
    (
        "Vincelle s'est vu confier par la société Ferrobel un chantier de 210 millions d'euros.",
        &["Ferrobel > Vincelle"],
    ),
    ("Le fonds Ardenza entre au capital de Kersolia avec 150 millions d'euros.", &["Ardenza > Kersolia"]),
    (
        "Le ministère des Transports a passé commande à Dassarel Aviation de 42 appareils pour un milliard d'euros.",
        &["ministère des Transports > Dassarel Aviation"],
    ),
    (
        "Nokarel a été retenu par Frivello pour moderniser son réseau, un contrat de 350 millions d'euros.",
        &["Frivello > Nokarel"],
    ),
    ("L'assureur Gemafor prête 75 millions d'euros au groupe Bertanel.", &["Gemafor > Bertanel"]),
    ("Le fabricant Verkadi a bouclé un tour de table de 450 millions d'euros mené par Belfanor.", &[]),
    ("Le carnet de commandes de Chantarel dépasse 10 milliards d'euros.", &[]),
];

#[test]
fn told_as_written() {
    let mut wrong = Vec::new();
    for (text, wanted) in TOLD {
        let found: Vec<String> = document(text, "2024-11-05")
            .deals
            .iter()
            .map(|deal| format!("{} > {}", deal.payer.join(", "), deal.payee.join(", ")))
            .collect();
        if found != wanted {
            wrong.push(format!("{text} {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
