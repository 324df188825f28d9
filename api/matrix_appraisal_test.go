package api

import (
	"fmt"
	"maps"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// The rows of the yearly appraisal. No year has begun in this record: whoever may read hears that there is none.
func init() {
	none := refusedByRule("not_found")
	maps.Copy(routes, map[string]route{
		"listYears":         {ask: get("/appraisals")},
		"beginYear":         {steps: []string{"appraisal"}, ask: beginYear},
		"getYear":           {ask: get("/appraisals/2999"), codes: none},
		"saveYear":          withHeader(onYear("", yearForm(0)), "If-Match", `"1"`),
		"submitYear":        withCodes(onYear("/submission", Remark{}), allow, "bad_date"),
		"listNominations":   {ask: get("/appraisals/2999/nominations")},
		"getRanking":        {ask: get("/appraisals/2999/ranking"), codes: none},
		"getSample":         {ask: get("/appraisals/2999/sample"), codes: none},
		"whatIf":            {ask: plain("/appraisals/2999/what-if", map[string]any{"district": "cz-tianning", "weights": map[string]any{}}), codes: none},
		"recomposePanel":    {steps: []string{"appraisal"}, ask: recompose, codes: map[string]string{allow: "not_your_district", "not_granted": "not_found"}},
		"listCommendations": {ask: get("/commendation-projects")},

		"listStandards":  {ask: get("/standards")},
		"createStandard": {ask: newStandard},
		"getStandard":    {ask: get("/standards/cz-2026")},
		"saveStandard":   withHeader(route{ask: saveStandard}, "If-Match", `"1"`),
		"takeStandard":   {ask: get("/standards/cz-2026/workbook")},
		"importStandard": {ask: importStandard, codes: refusedByRule("not_a_spreadsheet")},
		"getGaps":        {ask: get("/standards/cz-2026/gaps")},

		"declareCommunity": {steps: []string{"nomination"}, ask: declareCommunity, codes: refusedByRule("not_your_community")},
		"getNomination":    withCodes(onCase("examine", "", nil, false), allow, "not_found").under("/nominations/"),
		"saveNomination":   withHeader(onNomination("", map[string]any{"year": 2026, "community": "cz-tianning-hongmei-01"}), "If-Match", `"1"`),
		"submitNomination": withCodes(onNomination("/submission", Remark{}), allow, "missing"),
		"nameNext":         {steps: []string{"nomination"}, ask: nameNext, codes: map[string]string{allow: "not_now", "not_granted": "not_found"}},
		"getSheet":         withCodes(onCase("examine", "", nil, false), allow, "not_found").under("/nominations/", "/sheet"),
		"saveSheet":        withHeader(onSheet("", map[string]any{"marks": []any{}}), "If-Match", `"0"`),
		"takeSheet":        onSheet("/workbook", nil),
		"importSheet":      uploaded(onSheet("/workbook", nil)),
		"submitSheet":      withHeader(onSheet("/submission", map[string]any{}), "If-Match", `"0"`),
	})
}

// under asks for the same case at another place.
func (r route) under(place string, rest ...string) route {
	r.ask = func(_ *grid, c *cell) request {
		return request{path: place + c.plot.id + fmt.Sprint(append(rest, "")[0])}
	}
	return r
}

func yearForm(year int) map[string]any {
	return map[string]any{"year": year + 2700, "standard": "cz-2026", "declare_by": "2020-01-01", "report_by": "2020-02-01"}
}

// unitOf is whose draft a cell is about: the asker's unit, or another. A case is filed by those who file such cases.
func unitOf(c *cell) string {
	files := c.step == "appraisal" && c.role == civic.OfficeClerk || c.step == "nomination" && c.role == civic.Community
	if c.op.object == "case" && (!files || c.relation == foreign) {
		return spare
	}
	if c.relation == foreign {
		return dept
	}
	return home(c.role)
}

func beginYear(_ *grid, c *cell) request {
	return request{path: "/appraisals", body: map[string]any{"unit": unitOf(c), "form": yearForm(c.n)}}
}

// opened is a draft of the cell's own.
func (g *grid) opened(c *cell, n civic.NewCase) {
	g.Helper()
	by := "wang-fang"
	if c.relation == applicant {
		by = c.who.id
	}
	n.Unit = unitOf(c)
	_, err := g.store.OpenCase(g.Context(), deed("draft.create", by, "appraisal "+c.String()), n)
	require.NoError(g, err)
}

// onYear is about the draft of a year that nobody else's cell is about.
func onYear(path string, body any) route {
	return route{steps: []string{"appraisal"}, ask: func(g *grid, c *cell) request {
		year := 2020 + c.n
		if path != "" {
			year += 400
		}
		g.opened(c, civic.NewCase{Procedure: civic.AppraisalProcedure, ID: civic.AppraisalID(year),
			Matter: &civic.Appraisal{Year: year, Standard: "cz-2026", DeclareBy: "2020-01-01", ReportBy: "2020-02-01"}})
		sent := body
		if form, ok := body.(map[string]any); ok {
			own := maps.Clone(form)
			own["year"] = year
			sent = own
		}
		return request{path: fmt.Sprintf("/appraisals/%d%s", year, path), body: sent}
	}}
}

func newStandard(_ *grid, c *cell) request {
	return request{path: "/standards", body: map[string]any{"id": fmt.Sprintf("made-%d", c.n), "unit": unitOf(c), "body": emptyStandard}}
}

var emptyStandard = map[string]any{"title": "一份细则", "dimensions": []any{}}

// saveStandard saves a draft of the asker's unit, or of another.
func saveStandard(g *grid, c *cell) request {
	id := fmt.Sprintf("saved-%d", c.n)
	_, err := g.store.CreateStandard(g.Context(), deed("standard.create", "chen-jing", id), civic.Standard{ID: id, Unit: unitOf(c), StandardBody: civic.StandardBody{Title: "一份细则"}})
	require.NoError(g, err)
	return request{path: "/standards/" + id, body: emptyStandard}
}

// importStandard sends no workbook: who may not write the standard hears so before that.
func importStandard(g *grid, c *cell) request {
	return request{path: saveStandard(g, c).path + "/workbook", upload: true}
}

// uploaded sends a file that is no workbook.
func uploaded(r route) route {
	ask := r.ask
	r.ask = func(g *grid, c *cell) request {
		sent := ask(g, c)
		sent.upload = true
		return sent
	}
	r.codes[allow] = "not_a_spreadsheet"
	return r
}

func declareCommunity(_ *grid, c *cell) request {
	return request{path: "/nominations", body: map[string]any{"unit": unitOf(c), "form": map[string]any{"year": 2999, "community": "cz-tianning-hongmei-01"}}}
}

// onNomination is about the draft of a nomination of the cell's own.
func onNomination(path string, body any) route {
	return route{steps: []string{"nomination"}, ask: func(g *grid, c *cell) request {
		id := civic.NewID("nomination of", c.String())
		g.opened(c, civic.NewCase{Procedure: civic.NominationProcedure, ID: id, Matter: &civic.Nomination{Year: 2026, Community: "cz-tianning-hongmei-01", Name: "一社区"}})
		return request{path: "/nominations/" + id + path, body: body}
	}}
}

// nameNext is about a nomination that waits for no naming.
func nameNext(g *grid, c *cell) request {
	id := g.nominated(c, civic.Qualified, "", "")
	return request{path: "/nominations/" + id + "/naming", body: Reason{Opinion: "递补"}}
}

// recompose is about a year whose panels are none of the asker's district.
func recompose(g *grid, c *cell) request {
	g.nominated(c, civic.Recommended, "", "")
	return request{path: "/cases/" + civic.NewID("year of", c.String()) + "/panels",
		body: map[string]any{"assessors": []string{"mao-jianhua", "meng-jie", "qiu-shi"}, "lead": "mao-jianhua", "opinion": "组长调离"}}
}

// onSheet is about the sheet of the asker, or of somebody else, in a nomination whose unit takes part.
func onSheet(path string, body any) route {
	return route{codes: map[string]string{"not_granted": "not_found", "not_your_seat": "not_found", allow: "mark_missing"}, ask: func(g *grid, c *cell) request {
		unit, who := c.who.unit, c.who.id
		if c.relation == foreign {
			unit, who = leadingOffice, string(somebodyElse)
		}
		state := civic.PanelWork
		if c.role == civic.Community {
			state, who = civic.SelfScoring, ""
		}
		return request{path: "/nominations/" + g.nominated(c, state, unit, who) + "/sheet" + path, body: body}
	}}
}

// nominated is a nomination of the cell's own in a state, with a sheet of somebody's, and with a year around it. What led to
// it is not played: what is asked here is who may do what.
func (g *grid) nominated(c *cell, state civic.State, unit, assessor string) string {
	g.Helper()
	year, id := civic.NewID("year of", c.String()), civic.NewID("nomination of", c.String())
	const insert = `INSERT INTO cases (id, procedure, route, title, unit, applicant, state, rules_at, calendar, number, parent) VALUES ($1, $2, '', 'x', $3, 'wang-fang', $4, city_now(), 1, $5, $6) ON CONFLICT DO NOTHING`
	g.exec(insert, year, "appraisal", leadingOffice, "declaring", "KP-"+year, nil)
	g.exec(insert, id, "nomination", dept, string(state), "SB-"+id, year)
	g.exec(`INSERT INTO form (case_id, form, normal) VALUES ($1, $2, 'x'), ($3, $4, 'x') ON CONFLICT DO NOTHING`, year,
		`{"year": 2026, "decided": {"districts": [{"region": "cz-tianning", "standard": "cz-2026"}]}}`, id, `{"year": 2026, "community": "cz-tianning-hongmei-01"}`)
	g.exec(`INSERT INTO nominee (nomination, year_case, year, community, committee, street, district, urban) VALUES ($1, $2, 2026, 'cz-tianning-hongmei-01', 'x', 'x', 'cz-tianning', true) ON CONFLICT DO NOTHING`, id, year)
	if c.relation != foreign { // whose unit takes part
		g.exec(`INSERT INTO case_party (unit, case_id, seq) SELECT $1, id, seq FROM cases WHERE id IN ($2, $3) ON CONFLICT DO NOTHING`, c.who.unit, id, year)
	}
	if unit != "" {
		kind := map[bool]string{true: "self", false: "panel"}[state == civic.SelfScoring]
		g.exec(`INSERT INTO score_sheet (id, nomination, kind, assessor, unit) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`, civic.NewID("sheet of", c.String()), id, kind, assessor, unit)
	}
	return id
}
