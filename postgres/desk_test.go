package postgres_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/money"
	"lizheng/policies"
	"lizheng/postgres"
	"lizheng/postgres/postgrestest"
)

// city is the desk over a record of the test's own, with the real policies; only the engine commits at once.
type city struct {
	*testing.T
	*civic.Desk
	store *postgres.Store
	db    *sql.DB
	rules *policies.Policies
}

type straight struct{ *postgres.Store }

func (e straight) Begin(ctx context.Context, a civic.Act) (civic.Outcome, error) {
	return e.Commit(ctx, a)
}

func (e straight) Inform(ctx context.Context, a civic.Act) (civic.Outcome, error) {
	return e.Commit(ctx, a)
}

func newCity(t *testing.T) *city {
	t.Helper()
	s, db := freshStore(t)
	p, err := policies.New(t.Context(), s, policies.Options{Now: s.Now})
	require.NoError(t, err)
	return &city{T: t, store: s, db: db, rules: p, Desk: &civic.Desk{Policy: p, Record: s, Engine: straight{s}, Key: testKey}}
}

func who(person string) civic.Actor { return postgrestest.Actor(person) }

// request is a form that stands every check: 2,346 households at five yuan.
func request(name string) civic.AccessRequest {
	return civic.AccessRequest{Name: name, Category: civic.Survey, Purpose: civic.NewItem, Basis: []civic.Basis{{Level: "city", Title: "关于开展调查的通知"}},
		Necessity: "掌握变动", WhyNotOwn: "无入户条件", Work: "协助登记", PartPlayed: "assist", Communities: []string{"cz-tianning-diaozhuang-01"}, Duration: "phased",
		Start: "2027-02-01", End: "2027-06-30", Powers: "查看结果", ExitWhen: "调查结束", LegalReview: "无异议",
		Funding: civic.Funding{Kind: civic.FromLine, Line: sampleLine, Driver: civic.PerHousehold, Rate: 500, Total: 1_173_000}}
}

func (c *city) draft(name string) civic.Case {
	c.Helper()
	made, err := c.CreateDraft(c.Context(), who("wang-fang"), unique("key"), "cz-human-resources", request(name))
	require.NoError(c, err)
	return made.Case
}

func (c *city) act(person string, command civic.Command) (*civic.Receipt, error) {
	c.Helper()
	command.Key, command.Route, command.Body = unique("key"), "test", []byte(command.Outcome)
	return c.Act(c.Context(), who(person), command)
}

func (c *city) does(person string, command civic.Command) {
	c.Helper()
	_, err := c.act(person, command)
	require.NoError(c, err, "%s: %s %s", person, command.Kind, command.Outcome)
}

// task is the open task of a step, of a unit when there are several.
func (c *city) task(id, step, unit string) (task string) {
	c.Helper()
	require.NoError(c, c.db.QueryRow(`SELECT id FROM task WHERE case_id = $1 AND step = $2 AND state = 'open' AND ($3 = '' OR unit = $3) ORDER BY ord LIMIT 1`, id, step, unit).Scan(&task))
	return task
}

func (c *city) decides(person, id, step, unit, outcome, opinion string, details civic.Details) {
	c.Helper()
	c.does(person, civic.Command{Kind: civic.ActDecide, Task: c.task(id, step, unit), Outcome: outcome, Opinion: opinion, Details: details})
}

func (c *city) submitted(name string) string {
	c.Helper()
	id := c.draft(name).ID
	c.does("wang-fang", civic.Command{Kind: civic.ActSubmit, Case: id})
	return id
}

// reviewed is a case before the leading group: everybody has agreed but one, who would like changes.
func (c *city) reviewed(name string) string {
	c.Helper()
	id := c.submitted(name)
	c.through(id)
	return id
}

// through answers every step of a submitted case up to the leading group.
func (c *city) through(id string) {
	c.Helper()
	c.decides("chen-jing", id, "register", "", "pass", "", civic.Details{})
	c.decides("chen-jing", id, "examine", "", "accept", "", civic.Details{})
	c.decides("xu-jian", id, "prereview", "", "recommend", "", civic.Details{})
	c.decides("liu-yang", id, "consult", "cz-tianning-diaozhuang-01-committee", "support", "", civic.Details{})
	c.decides("dai-xiaoyan", id, "consult", "cz-tianning-diaozhuang-office", "oppose", "人手不足", civic.Details{})
	c.decides("zhu-hong", id, "joint", "cz-organisation", "agree", "", civic.Details{})
	c.decides("qian-wei", id, "joint", "cz-finance", "agree", "经费已核", civic.Details{})
	c.decides("han-xue", id, "joint", "cz-establishment", "modify", "压缩频次", civic.Details{})
	c.decides("cao-yang", id, "joint", "cz-justice", "agree", "", civic.Details{})
	c.decides("pan-feng", id, "joint", "cz-political-legal", "agree", "", civic.Details{})
}

func (c *city) sees(person, id string) (civic.CaseView, error) {
	c.Helper()
	return c.Case(c.Context(), who(person), id)
}

func TestADraftIsItsUnitsAndNobodyElses(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.draft("入户调查").ID
	for person, visible := range map[string]bool{
		"wang-fang": true, "sun-lei": true, "zhou-min": true, // the department's own people
		"chen-jing": false, "liang-zhiyuan": false, "ji-zheng": false, // who see every case that was filed
		"li-juan": false, "liu-yang": false, "kang-ning": false, "shen-ji": false,
	} {
		_, err := c.sees(person, id)
		require.Equal(t, visible, err == nil, "%s: %v", person, err)
		list, err := c.Cases(t.Context(), who(person), civic.CaseFilter{}, civic.Page{})
		require.NoError(t, err)
		require.Equal(t, visible, len(list.Items) == 1, person)
		if visible {
			continue
		}
		for name, read := range map[string]func() error{
			"case":      func() error { _, err := c.sees(person, id); return err },
			"request":   func() error { _, err := c.Request(t.Context(), who(person), id); return err },
			"revisions": func() error { _, err := c.Revisions(t.Context(), who(person), id); return err },
			"history":   func() error { _, err := c.History(t.Context(), who(person), id, civic.Page{}); return err },
			"explain":   func() error { _, err := c.Explain(t.Context(), who(person), id); return err },
			"why not":   func() error { _, err := c.WhyNot(t.Context(), who(person), id, "", civic.ActSubmit); return err },
			"money":     func() error { _, err := c.Movements(t.Context(), who(person), "", id, civic.Page{}); return err },
			"files":     func() error { _, err := c.Attachments(t.Context(), who(person), id); return err },
			"save":      func() error { _, err := c.SaveForm(t.Context(), who(person), id, 1, request("x")); return err },
			"discard":   func() error { return c.Discard(t.Context(), who(person), id) },
		} {
			err := read()
			require.True(t, civic.Refused(err, "not_found"), "%s reads the %s: %v", person, name, err)
			require.Equal(t, civic.ErrNotFound(), civic.AsRefusal(err), "hidden and absent look alike")
		}
	}
}

func TestOneDistrictSeesNothingOfAnothersCases(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.reviewed("入户调查") // concerns Tianning district alone
	for _, person := range []string{"ma-chao", "yu-fangfang", "xia-jun", "li-juan"} {
		_, err := c.sees(person, id)
		require.True(t, civic.Refused(err, "not_found"), "%s: %v", person, err)
		list, err := c.Cases(t.Context(), who(person), civic.CaseFilter{Text: "入户调查"}, civic.Page{})
		require.NoError(t, err)
		require.Empty(t, list.Items, person)
		counts, err := c.Counts(t.Context(), who(person), "")
		require.NoError(t, err)
		for _, s := range counts.States {
			require.Zero(t, s.Count, "%s %s", person, s.State)
		}
		var task string
		require.NoError(t, c.db.QueryRow(`SELECT id FROM task WHERE case_id = $1 LIMIT 1`, id).Scan(&task))
		_, err = c.Task(t.Context(), who(person), task)
		require.True(t, civic.Refused(err, "not_found"), "%s: %v", person, err)
		_, err = c.WhyNot(t.Context(), who(person), "", task, civic.ActDecide)
		require.True(t, civic.Refused(err, "not_found"), "%s: %v", person, err)
	}
	for _, person := range []string{"liu-yang", "dai-xiaoyan", "wang-fang", "chen-jing"} {
		_, err := c.sees(person, id)
		require.NoError(t, err, person)
	}
}

func TestTheCasePageShowsTheMoneyBeforeAndAfter(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	before, err := c.store.LineByID(t.Context(), sampleLine)
	require.NoError(t, err)
	view, err := c.sees("wang-fang", c.submitted("入户调查"))
	require.NoError(t, err)
	const total money.Fen = 1_173_000
	require.Equal(t, &civic.CaseMoney{Line: sampleLine, LineName: before.Name, Kind: civic.FromLine, Total: total, Reserved: total,
		Before: before.Free(), After: before.Free() - total}, view.Money)
	require.Len(t, view.Shares, 1)
	require.Equal(t, total, view.Shares[0].Amount)
	require.Equal(t, civic.Words{Zh: "已提交，待登记", En: "submitted, to be registered"}, view.Words)
	require.Equal(t, "王芳", view.ApplicantView.Name)
	require.Equal(t, civic.OfficeClerk, view.Holders[0].Role)
	require.Contains(t, []civic.Light{civic.Green, civic.Yellow}, view.Clock.Light)
	ledger, err := c.Movements(t.Context(), who("wang-fang"), "", view.ID, civic.Page{})
	require.NoError(t, err)
	require.Len(t, ledger.Items, 1)
	require.Equal(t, "王芳", ledger.Items[0].By.Name)
	require.Equal(t, total, ledger.Items[0].Left)
}

func TestADryRunSaysAllThatASubmissionWouldBeRefusedFor(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	form := request("居民健康教育领导小组") // on the negative list since 2014
	form.Communities = append(form.Communities, "cz-nowhere")
	form.Funding.Total, form.Start = 5, "2020-01-01"
	found, err := c.Check(t.Context(), who("wang-fang"), "cz-human-resources", form)
	require.NoError(t, err)
	codes := map[string]bool{}
	for _, r := range found.Refusals {
		codes[r.Code] = true
		require.NotEmpty(t, r.Zh)
		require.NotEmpty(t, r.En)
	}
	for _, code := range []string{"blocked_name", "no_such_community", "too_early", "does_not_add_up"} {
		require.True(t, codes[code], "%s in %v", code, codes)
	}
	require.EqualValues(t, 1_173_000, found.Total, "what the known communities come to")
	_, err = c.Check(t.Context(), who("wang-fang"), "cz-disabled", form)
	require.True(t, civic.Refused(err, "not_your_unit") || civic.Refused(err, "not_found"), "%v", err)
	var cases int
	require.NoError(t, c.db.QueryRow(`SELECT count(*) FROM cases`).Scan(&cases))
	require.Zero(t, cases, "a dry run leaves nothing")
}

func TestEachRevisionSaysWhatItChanged(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.draft("入户调查").ID
	form := request("入户登记")
	form.Funding.Rate, form.Funding.Total = 600, 1_407_600
	revision, err := c.SaveForm(t.Context(), who("sun-lei"), id, 1, form)
	require.NoError(t, err)
	require.Equal(t, 2, revision)
	list, err := c.Revisions(t.Context(), who("wang-fang"), id)
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Empty(t, list[0].Differences)
	require.Equal(t, "孙磊", list[1].By.Name)
	require.Equal(t, []civic.Difference{
		{Field: "funding.rate_fen", Before: json.Number("500"), After: json.Number("600")},
		{Field: "funding.total_fen", Before: json.Number("1173000"), After: json.Number("1407600")},
		{Field: "name", Before: "入户调查", After: "入户登记"},
	}, list[1].Differences)
	draft, err := c.Request(t.Context(), who("wang-fang"), id)
	require.NoError(t, err)
	require.True(t, draft.Editable)
	require.Empty(t, draft.Findings.Refusals)
}

func TestAPolicysNoIsRememberedUnderItsKey(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	_, err := c.Publish(t.Context(), who("wang-fang"), "k1", civic.NewEntry{List: civic.Negative, Category: civic.TaskItem, Name: "甲", Source: "x"})
	require.Equal(t, civic.Forbidden, civic.AsRefusal(err).Kind, "%v", err)
	_, again := c.Publish(t.Context(), who("wang-fang"), "k1", civic.NewEntry{List: civic.Negative, Category: civic.TaskItem, Name: "甲", Source: "x"})
	require.Equal(t, civic.AsRefusal(err).Code, civic.AsRefusal(again).Code)
	_, other := c.Publish(t.Context(), who("wang-fang"), "k1", civic.NewEntry{List: civic.Negative, Category: civic.TaskItem, Name: "乙", Source: "x"})
	require.True(t, civic.Refused(other, "key_reused"), "%v", other)
	var refused int
	require.NoError(t, c.db.QueryRow(`SELECT count(*) FROM event WHERE result = 'refused' AND actor = 'wang-fang' AND kind = 'list.publish'`).Scan(&refused))
	require.Equal(t, 1, refused, "an attempt is on the trail, once")

	_, err = c.Publish(t.Context(), who("chen-jing"), "k1", civic.NewEntry{List: civic.Admitted, Category: civic.TaskItem, Name: "甲", Source: "x"})
	require.True(t, civic.Refused(err, "by_admission_only"), "nothing enters without an admission: %v", err)
}

func TestWhoeverMustChangeTheirPasswordDoesNothingElse(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	new := who("wang-fang")
	new.MustChange = true
	for name, do := range map[string]func() error{
		"list": func() error { _, err := c.Cases(t.Context(), new, civic.CaseFilter{}, civic.Page{}); return err },
		"draft": func() error {
			_, err := c.CreateDraft(t.Context(), new, "k", "cz-human-resources", request("x"))
			return err
		},
		"inbox": func() error { _, err := c.Inbox(t.Context(), new, civic.TaskFilter{}, civic.Page{}); return err },
		"act": func() error {
			_, err := c.Act(t.Context(), new, civic.Command{Kind: civic.ActSubmit, Case: "x", Key: "k"})
			return err
		},
	} {
		require.True(t, civic.Refused(do(), "change_password"), "%s: %v", name, do())
	}
	_, err := c.WhoAmI(t.Context(), new)
	require.NoError(t, err)
	_, err = c.Cases(t.Context(), civic.Actor{}, civic.CaseFilter{}, civic.Page{})
	require.True(t, civic.Refused(err, "sign_in"), "%v", err)
}

func TestAGrantTakesTwoPeopleAndCountsForThePoliciesThen(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	n := civic.NewGrant{Person: "li-juan", Role: civic.OfficeClerk, Unit: "cz-leading-office"}
	g, err := c.ProposeGrant(t.Context(), who("an-quanming"), "k1", n)
	require.NoError(t, err)
	_, err = c.ConfirmGrant(t.Context(), who("an-quanming"), "k2", g.ID)
	require.True(t, civic.Refused(err, "same_hand"), "%v", err)
	holds := func() bool {
		require.NoError(t, c.rules.Reload(t.Context()))
		seats, err := c.rules.Seats(t.Context(), who("li-juan"))
		require.NoError(t, err)
		for _, s := range seats {
			if s.Seat.Role == civic.OfficeClerk {
				return true
			}
		}
		return false
	}
	require.False(t, holds(), "proposed is not granted")
	list, err := c.Grants(t.Context(), who("ning-jing"), civic.GrantFilter{Waiting: true}, civic.Page{})
	require.NoError(t, err)
	require.Len(t, list.Items, 1)
	require.True(t, list.Items[0].Confirmable)
	_, err = c.ConfirmGrant(t.Context(), who("ning-jing"), "k3", g.ID)
	require.NoError(t, err)
	require.True(t, holds())
	_, err = c.RevokeGrant(t.Context(), who("ning-jing"), "k4", g.ID, "调离")
	require.NoError(t, err)
	require.False(t, holds())
	_, err = c.ProposeGrant(t.Context(), who("an-quanming"), "k5", civic.NewGrant{Person: "an-quanming", Role: civic.OfficeClerk, Unit: "cz-leading-office"})
	require.Equal(t, civic.Forbidden, civic.AsRefusal(err).Kind, "%v", err)
}

func TestACalendarIsCheckedAgainstTheOpenTermsBeforeItCounts(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.submitted("入户调查")
	c.decides("chen-jing", id, "register", "", "pass", "", civic.Details{})
	view, err := c.sees("chen-jing", id)
	require.NoError(t, err)
	var due time.Time
	for _, k := range view.Tasks {
		if k.Open() {
			due = *k.DueAt
		}
	}
	day := due.Add(-time.Hour).In(time.FixedZone("CST", 8*3600)).Format(time.DateOnly)
	csv := civic.CalendarImport{CSV: "date,kind,name,notice\n" + day + ",holiday,临时放假," + day[:4] + "\n", Source: "市政府通知"}
	check, err := c.CheckCalendar(t.Context(), who("kang-ning"), csv)
	require.NoError(t, err)
	require.Equal(t, []int{1, 1, 1, 0}, []int{check.Days, check.Changed, check.Longer, check.Shorter})
	require.Equal(t, id, check.Terms[0].Case)
	require.True(t, check.Terms[0].After.After(due))
	_, err = c.CheckCalendar(t.Context(), who("chen-jing"), csv)
	require.Equal(t, civic.Forbidden, civic.AsRefusal(err).Kind, "%v", err)
	made, err := c.ImportCalendar(t.Context(), who("kang-ning"), "k1", csv)
	require.NoError(t, err)
	require.Equal(t, 2, made.Version)
	year, err := c.Calendar(t.Context(), due.Year())
	require.NoError(t, err)
	require.Equal(t, 2, year.Version)
}

func TestBudgetLinesAreOnesOwnUnitsUnlessOneKeepsThemAll(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	_, err := c.Line(t.Context(), who("wang-fang"), sampleLine)
	require.NoError(t, err)
	_, err = c.Line(t.Context(), who("li-juan"), sampleLine)
	require.True(t, civic.Refused(err, "not_found"), "%v", err)
	_, err = c.Movements(t.Context(), who("li-juan"), sampleLine, "", civic.Page{})
	require.True(t, civic.Refused(err, "not_found"), "%v", err)
	lines, err := c.Lines(t.Context(), who("li-juan"), civic.LineFilter{}, civic.Page{Limit: 100})
	require.NoError(t, err)
	for _, l := range lines.Items {
		require.Equal(t, "cz-disabled", l.Unit)
	}
	_, err = c.Appropriate(t.Context(), who("wang-fang"), "k", sampleLine, 1<<40, "自己加钱")
	require.Equal(t, civic.Forbidden, civic.AsRefusal(err).Kind, "%v", err)
	more, err := c.Appropriate(t.Context(), who("qian-wei"), "k", sampleLine, 1<<36, "追加预算")
	require.NoError(t, err)
	require.EqualValues(t, 1<<36, more.Free+more.Held)
}

func TestPlacesAreShownAsTheyStoodAndWhoFollowed(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	then, err := civic.Day("2014-08-01")
	require.NoError(t, err)
	old, err := c.Units(t.Context(), who("wang-fang"), civic.PlaceFilter{At: &then, Text: "法制"}, civic.Page{})
	require.NoError(t, err)
	require.Len(t, old.Items, 1)
	require.Equal(t, "cz-legal-affairs", old.Items[0].Key)
	now, err := c.Units(t.Context(), who("wang-fang"), civic.PlaceFilter{Text: "法制"}, civic.Page{})
	require.NoError(t, err)
	require.Empty(t, now.Items)
	unit, err := c.Unit(t.Context(), who("wang-fang"), "cz-legal-affairs")
	require.NoError(t, err)
	require.False(t, unit.Stands)
	require.Equal(t, "cz-justice", unit.Responsible.Key)
	entrusted, err := c.Region(t.Context(), who("wang-fang"), "cz-jingkai-dingyan")
	require.NoError(t, err)
	require.NotEmpty(t, entrusted.EntrustTo)
	require.Equal(t, entrusted.EntrustTo, entrusted.Above.Key, "who is entrusted answers, not the parent")
	var all []string
	p := civic.Page{Limit: 37}
	for {
		list, err := c.Regions(t.Context(), who("wang-fang"), civic.PlaceFilter{Gone: true}, p)
		require.NoError(t, err)
		for _, r := range list.Items {
			all = append(all, r.Key)
		}
		if p.After = list.Next; p.After == "" {
			break
		}
	}
	var want int
	require.NoError(t, c.db.QueryRow(`SELECT count(*) FROM region`).Scan(&want))
	require.Len(t, all, want)
}
