//! How far a deal of a Chinese, Japanese or Korean text has come, and whom it leaves unnamed.

use crate::deals::Teller;
use crate::frame::{Line, Trigger};
use crate::lexicon::Class;
use crate::token::Kind;

impl Teller<'_> {
    /// Whether the text says that the other side is somebody whom it does not name.
    pub(crate) fn is_unnamed(&self, line: &Line, trigger: &Trigger, sentence: usize) -> bool {
        if !matches!(trigger.class, Class::Get | Class::Sell | Class::Sign)
            || self.page.sentences[sentence].headline
        {
            return false;
        }
        let text = self.page.folded(&self.page.sentences[sentence].span);
        let has = |words: &[&str]| words.iter().any(|word| text.contains(&crate::fold::fold(word)));
        match (line.is_chinese(), line.is_verb_last()) {
            (true, _) => has(&[
                "买方为一",
                "买方为某",
                "与一家",
                "与某",
                "一名客户",
                "一家客户",
                "某客户",
                "从某",
                "获某",
                "获一家",
                "独立第三方",
            ]),
            (_, true) => {
                trigger.value != "equity"
                    && has(&[
                        "선사와",
                        "선사로부터",
                        "선사에서",
                        "고객사와",
                        "고객사로부터",
                        "업체와",
                        "업체로부터",
                        "発注者は非公表",
                        "顧客名は非公表",
                        "ある企業から",
                        "の企業から",
                    ])
            }
            _ => false,
        }
    }

    /// How far a deal has come; a rumour that the sentences after it deny is denied.
    pub(crate) fn stands(&self, line: &Line, found: &[&'static str], sentence: usize) -> &'static str {
        match crate::standing::standing(found) {
            "rumoured" if line.script != crate::page::Script::Latin && self.is_denied_after(sentence) => {
                "denied"
            }
            "announced" | "planned" if line.is_chinese() && self.follows_signing(line, sentence) => "signed",
            status => status,
        }
    }

    /// Whether the sentence before tells of a contract between the two that this one speaks of.
    fn follows_signing(&self, line: &Line, sentence: usize) -> bool {
        let Some((own, other, told)) = self.partners else { return false };
        let text = self.page.folded(&self.page.sentences[told].span);
        let signed = ["签署", "签订", "订立", "签下", "续签"].iter().any(|word| text.contains(word))
            && !["拟", "意向", "洽谈"].iter().any(|word| text.contains(word));
        let named = |token: &crate::token::Token| match token.kind {
            Kind::Name(entity) => [own, other].contains(&self.memory.party(entity)),
            _ => true,
        };
        let own = self.page.folded(&self.page.sentences[sentence].span);
        let open = ["拟", "计划", "意向", "打算"].iter().any(|word| own.contains(word));
        signed && !open && told < sentence && told + 2 >= sentence && line.tokens.iter().all(named)
    }

    /// Whether the next sentence or its neighbour says that it is not so.
    pub(crate) fn is_denied_after(&self, sentence: usize) -> bool {
        const DENIALS: [&str; 14] = [
            "不属实",
            "辟谣",
            "否认",
            "从未有过",
            "从未就",
            "子虚乌有",
            "没有此事",
            "并无此事",
            "事実ではない",
            "事実無根",
            "否定した",
            "사실이 아니",
            "사실무근",
            "부인했",
        ];
        let next = self.page.sentences.iter().skip(sentence + 1).take(2);
        next.map(|sentence| self.page.folded(&sentence.span))
            .any(|text| DENIALS.iter().any(|word| text.contains(&crate::fold::fold(word))))
    }
}
