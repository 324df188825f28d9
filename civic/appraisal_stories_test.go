package civic

import (
	"maps"
	"slices"
)

// appraisalStories lead years and their nominations through everything that can become of them.
func appraisalStories(t tester, show func(stage)) {
	shown := func(more map[string]string) *town {
		w := newTown(t, more)
		w.visit = func(d Dossier, _ World) {
			show(stage{d, w.still().filledIn(), w.usual(d), anotherPanel})
			if slices.Contains(slices.Concat(unsettled, yearsOwn), d.Case.State) {
				frozen := stage{d, w.still().afterTheFreeze(), w.usual(d), anotherPanel}
				frozen.Case.ActsAt = new(w.now)
				show(frozen)
			}
		}
		for _, d := range w.cases {
			d.Now = w.now
			w.visit(*d, w)
		}
		return w
	}
	yearToItsEnd(shown(nil))
	w := shown(map[string]string{"appraisal.line_points": "89", "appraisal.deviation_rule": "strike"})
	ids := w.through()
	w.sampled()
	w.voted("approve")
	w.due(theYear, ActCloseNotice)
	w.did(theYear, w.answer(theYear, "wen-shu", "name_list", "send_back", nil))
	w.voted("approve")
	w.due(theYear, ActCloseNotice)
	w.did(theYear, w.answer(theYear, "wen-shu", "name_list", "assess_only", nil))
	for _, id := range ids {
		if !w.state(id).Over() {
			w.did(id, w.system(ActSettle))
		}
	}
	districtsStories(shown(nil).declaring().composed())
	w = shown(nil).declaring() // a nomination that waits for its panel
	id := w.recommend("zhaoyang", 1)
	w.composed()
	w.did(id, w.system(ActSettle))
	w.due(theYear, ActCloseDeclaring)
	w.did(theYear, w.answer(theYear, "xu-ming", "freeze", "freeze_unfinished", nil))
	w.did(id, w.system(ActSettle))
}

func anotherPanel(kind ActKind) Details {
	if kind == ActRecompose {
		return Details{Appraisal: &AppraisalDetails{Assessors: []string{"tianning-3", "tianning-1", "tianning-2"}, Lead: "tianning-3"}}
	}
	return Details{}
}

// yearToItsEnd names, awards, checks and revokes.
func yearToItsEnd(w *town) {
	ids := w.through()
	w.noticed()
	w.did(theYear, Act{Kind: ActObject, Actor: Public, Opinion: "有异议"})
	w.did(theYear, w.answer(theYear, "chen-jing", "list_objection", "dismiss", nil))
	w.due(theYear, ActCloseNotice)
	w.did(theYear, w.answer(theYear, "wen-shu", "name_list", "name", nil))
	for _, id := range ids {
		w.did(id, w.system(ActSettle))
	}
	w.did(theYear, w.answer(theYear, "xu-ming", "award", "award", nil))
	w.due(theYear, ActArchive)
	held := ids[slices.IndexFunc(ids, func(id string) bool { return w.state(id) == TitleHeld })]
	for _, outcome := range []string{"pass", "remove"} {
		w.due(held, ActCheckDue)
		w.did(held, w.answer(held, "desk-"+w.nominees[held].District, "year_check", "rectify", nil))
		w.did(held, w.answer(held, "chen-jing", "rectified", outcome, nil))
	}
	w.due(held, ActArchive)
	other := ids[slices.IndexFunc(ids, func(id string) bool { return w.state(id) == TitleHeld })]
	w.now = w.now.AddDate(1, 0, 0)
	w.due(other, ActCheckDue)
}

// districtsStories end before the year looks at them.
func districtsStories(w *town) {
	back := w.nominate("xinhe")
	w.did(back, Act{Kind: ActWithdraw, Actor: "clerk-xinhe"})
	id := w.recommend("lancheng", 1)
	w.marked(id, PanelSheet, 90)
	w.did(id, w.answer(id, "tianning-0", "close_panel", "close", &AppraisalDetails{Survey: &survey}))
	w.did(id, w.answer(id, "zhu-hong", "eligibility", "veto", &AppraisalDetails{Ground: "accident"}))
	w.did(id, w.answer(id, "pan-feng", "eligibility", "clear", nil))
	id = w.recommend("zhaoyang", 1)
	w.assess(id, 90)
	w.did(id, Act{Kind: ActObject, Actor: Public, Opinion: "弄虚作假"})
	w.did(id, w.answer(id, "desk-tianning", "nominee_objection", "sustain", nil))
}

// through brings four nominations through the freeze.
func (w *town) through() []string {
	ids := w.declaring().composed().frozen()
	for _, id := range ids {
		w.did(id, w.system(ActSettle))
	}
	return ids
}

// usual is what an outcome needs in a case as it stands.
func (w *town) usual(d Dossier) func(step, outcome string) Details {
	return func(step, outcome string) Details {
		var a *AppraisalDetails
		switch step + "." + outcome {
		case "file_rules.file":
			a = &AppraisalDetails{Standard: "tianning"}
		case "compose_panel.compose":
			a = &AppraisalDetails{Assessors: []string{"tianning-0", "tianning-1", "tianning-2"}, Lead: "tianning-0"}
		case "draw.draw":
			a = &AppraisalDetails{Seed: "2014年双色球第140期"}
		case "list_objection.strike":
			a = &AppraisalDetails{Community: "zhaoyang"}
		case "recommend.recommend":
			a = &AppraisalDetails{Rank: 1}
		case "close_panel.close":
			a = &AppraisalDetails{Survey: &survey}
		case "eligibility.veto":
			a = &AppraisalDetails{Ground: "accident"}
		}
		return Details{Appraisal: a}
	}
}

// filledIn has every sheet handed in, and one of the city's for what is scored again.
func (w *town) filledIn() *town {
	for id, d := range w.cases {
		if d.Case.State == Rescoring {
			w.sheets[id] = append(w.sheets[id], Sheet{ID: "city", Nomination: id, Kind: CitySheet, Assessor: "second"})
		}
		for _, kind := range []SheetKind{SelfSheet, PanelSheet, CitySheet} {
			w.marked(id, kind, 90)
		}
	}
	return w
}

// afterTheFreeze is a world whose year has named, and left behind what was not finished.
func (w *town) afterTheFreeze() *town {
	year := *w.cases[theYear].Matter.(*Appraisal)
	year.Decided.Frozen, year.Decided.Named = "frozen", true
	w.cases[theYear].Matter = &year
	return w
}

// still is the world as it is now: what becomes of it later does not change what an act met.
func (w *town) still() *town {
	c := *w
	run := *w.run
	run.visit, c.run = nil, &run
	c.cases, c.nominees, c.sheets, c.standards = map[string]*Dossier{}, map[string]*Nominee{}, maps.Clone(w.sheets), maps.Clone(w.standards)
	for id, d := range w.cases {
		one := *d
		c.cases[id] = &one
	}
	for id, n := range w.nominees {
		one := *n
		c.nominees[id] = &one
	}
	for id, list := range c.sheets {
		c.sheets[id] = slices.Clone(list)
	}
	c.titles, c.projects = slices.Clone(w.titles), maps.Clone(w.projects)
	return &c
}
