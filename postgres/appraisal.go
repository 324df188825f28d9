package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// appraisal writes what an act of the yearly appraisal changes beyond its case.
func (w *writing) appraisal(ctx context.Context) error {
	for _, part := range []func(context.Context) error{
		w.wake, w.standard, w.nominee, w.sheets, w.freeze, w.published, w.seats, w.titles, w.revoke,
	} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// wake makes nominations look at their year: their automatic act is due from now on, and one message has their workflows look
// after the commit, a page at a time.
func (w *writing) wake(ctx context.Context) error {
	want := w.fx.Appraisal.Wake
	if want == nil {
		return nil
	}
	p := rows.WakeNominationsParams{At: &w.d.Now, YearCase: &want.Year, District: want.District, Narrowed: want.Only != nil, Nominations: want.Only}
	for _, s := range want.States {
		p.States = append(p.States, string(s))
	}
	if p.Nominations == nil {
		p.Nominations = []string{}
	}
	lock := rows.LockWokenParams{YearCase: p.YearCase, District: p.District, Narrowed: p.Narrowed, Nominations: p.Nominations}
	if _, err := w.q.LockWoken(ctx, lock); err != nil {
		return fmt.Errorf("lock the nominations: %w", err)
	}
	woken, err := w.q.WakeNominations(ctx, p)
	if err == nil && woken > 0 {
		err = w.q.SendLook(ctx, rows.SendLookParams{ID: civic.NewID(w.act.ID, "look"), Kind: looks, CaseID: &want.Year})
	}
	if err != nil {
		return fmt.Errorf("wake the nominations: %w", err)
	}
	return nil
}

func (w *writing) standard(ctx context.Context) error {
	m := w.fx.Appraisal.Filed
	if m == nil {
		return nil
	}
	n, err := w.q.MoveStandard(ctx, rows.MoveStandardParams{ID: m.ID, Revision: int32(m.Revision), Was: string(m.From), Next: string(m.To)})
	switch {
	case err != nil:
		return fmt.Errorf("move standard %s: %w", m.ID, err)
	case n == 0: // somebody saved it meanwhile
		return civic.Refuse(civic.Conflict, "standard_changed", "标准刚被修改，请核对后重试。", "The standard was changed just now; look at it again.").With("standard", m.ID)
	}
	return nil
}

// nominee keeps the nomination as it stands. The street's order is its own: two communities of one street have no one rank.
func (w *writing) nominee(ctx context.Context) error {
	n := w.fx.Appraisal.Nominee
	if n == nil {
		return nil
	}
	p := rows.KeepNomineeParams{Nomination: n.Nomination, YearCase: n.Case, Year: int32(n.Year), Community: n.Community, Committee: n.Committee,
		Street: n.Street, District: n.District, Urban: n.Urban, Self: int64(n.Self), Scored: n.Scored, Panel: int64(n.Panel), Survey: int64(n.Survey),
		Base: int64(n.Base), Bonus: int64(n.Bonus), Penalty: int64(n.Penalty), Standing: string(n.Stands), Ground: n.Ground,
		Rank: sql.NullInt32{Int32: int32(n.Rank), Valid: n.Rank > 0}}
	if n.Second != nil {
		p.Second = sql.NullInt64{Int64: int64(*n.Second), Valid: true}
	}
	err := w.q.KeepNominee(ctx, p)
	switch constraint(err) {
	case "nominee_rank_once":
		return civic.Refuse(civic.Conflict, "rank_taken", "本街道（镇）该推荐位次已有社区。", "Another community of the street has this rank.").
			At("details.appraisal.rank").By("nominee_rank_once").With("rank", n.Rank)
	case "nominee_once":
		return civic.Refuse(civic.Conflict, "already_declared", "该社区（村）本年度已申报。", "The community has declared this year already.").At("community").By("nominee_once")
	case "scores_frozen":
		return civic.Refuse(civic.Conflict, "scores_frozen", "成绩已冻结，不能更改。", "The scores are frozen; nothing about them changes any more.").By("scores_frozen")
	}
	if err != nil {
		return fmt.Errorf("keep the nominee: %w", err)
	}
	return nil
}

func (w *writing) sheets(ctx context.Context) error {
	for _, s := range w.fx.Appraisal.Sheets {
		_, err := w.q.InsertSheet(ctx, rows.InsertSheetParams{ID: s.ID, Nomination: s.Nomination, Kind: string(s.Kind), Assessor: s.Assessor, Unit: s.Unit,
			Recused: s.Recused, Why: s.Why, SubmittedAt: s.Submitted})
		if err != nil {
			return fmt.Errorf("open a score sheet: %w", err)
		}
	}
	for _, s := range w.fx.Appraisal.Voided {
		n, err := w.q.SaveSheet(ctx, rows.SaveSheetParams{ID: s.ID, Seen: int32(s.Revision), Marks: []byte("[]"), Recused: s.Recused, Why: s.Why, SubmittedAt: s.Submitted})
		if err = errors.Join(err, oneRow("void a score sheet", n)); err != nil {
			return err
		}
	}
	return nil
}

// freeze closes the year's scores and notes what the selection made of each.
func (w *writing) freeze(ctx context.Context) error {
	fx := w.fx.Appraisal
	if len(fx.Left) > 0 {
		if _, err := w.q.LeaveNominees(ctx, fx.Left); err != nil {
			return fmt.Errorf("leave unfinished nominations behind: %w", err)
		}
	}
	if fx.Freeze != "" {
		if _, err := w.q.FreezeNominees(ctx, w.d.Case.ID); err != nil {
			return fmt.Errorf("freeze the scores: %w", err)
		}
	}
	if len(fx.Outcomes) == 0 {
		return nil
	}
	p := rows.NomineeOutcomesParams{}
	for _, o := range fx.Outcomes {
		p.Nominations, p.Outcomes, p.Ranks = append(p.Nominations, o.Nomination), append(p.Outcomes, o.Outcome), append(p.Ranks, o.Rank)
	}
	if _, err := w.q.NomineeOutcomes(ctx, p); err != nil {
		return fmt.Errorf("note the outcomes: %w", err)
	}
	return nil
}

func (w *writing) published(ctx context.Context) error {
	s := w.fx.Appraisal.Publish
	if s == nil {
		return nil
	}
	err := w.q.PublishSheet(ctx, rows.PublishSheetParams{YearCase: w.d.Case.ID, Kind: s.Kind, Hash: s.Hash, Body: string(s.Body), Act: w.act.ID, At: w.d.Now})
	if err != nil {
		return fmt.Errorf("publish the selection: %w", err)
	}
	return nil
}

func (w *writing) seats(ctx context.Context) error {
	s := w.fx.Appraisal.Seats
	if s == nil {
		return nil
	}
	if err := w.q.InsertQuota(ctx, rows.InsertQuotaParams{Year: int32(s.Year), Quota: int32(s.Quota)}); err != nil {
		return fmt.Errorf("set the year's titles: %w", err)
	}
	return nil
}

// titles names communities: the counter is taken first, and whoever finds it full is refused.
func (w *writing) titles(ctx context.Context) error {
	list := w.fx.Appraisal.Titles
	if len(list) == 0 {
		return nil
	}
	year := int32(list[0].Year)
	took, err := w.q.TakePlaces(ctx, rows.TakePlacesParams{More: int32(len(list)), Year: year})
	if errors.Is(err, sql.ErrNoRows) {
		return civic.Refuse(civic.Conflict, "no_place_left", "命名名额已用完。", "Every title of the year is given.").By("titles_never_exceeded").With("year", int(year)).With("wanted", len(list))
	}
	if err != nil {
		return fmt.Errorf("take a place: %w", err)
	}
	free, err := w.q.FreeSeats(ctx, rows.FreeSeatsParams{Quota: took.Quota, Year: year, Places: int32(len(list))})
	if err != nil {
		return fmt.Errorf("find the free places: %w", err)
	}
	if len(free) < len(list) {
		return fmt.Errorf("name %d communities: only %d places are free", len(list), len(free))
	}
	before, err := w.q.NamingsOfYear(ctx, year)
	if err != nil {
		return fmt.Errorf("count the titles: %w", err)
	}
	for i, t := range list {
		err := w.q.InsertNaming(ctx, rows.InsertNamingParams{Nomination: t.Nomination, Year: year, Quota: took.Quota, Seq: free[i], Community: t.Community,
			Plaque: civic.Plaque(int(year), int(before)+i+1), Document: w.doc, Act: w.act.ID, NamedAt: w.d.Now})
		if err != nil {
			return fmt.Errorf("name %s: %w", t.Community, err)
		}
	}
	return nil
}

// revoke takes a title away, and its place is free again.
func (w *writing) revoke(ctx context.Context) error {
	if !w.fx.Appraisal.Revoke {
		return nil
	}
	year, err := w.q.RevokeNaming(ctx, rows.RevokeNamingParams{At: &w.d.Now, Act: &w.act.ID, Nomination: w.d.Case.ID})
	if err != nil {
		return fmt.Errorf("revoke the title: %w", err)
	}
	if err := w.q.FreePlace(ctx, year); err != nil {
		return fmt.Errorf("free the place: %w", err)
	}
	return nil
}

func standardOf(r rows.StandardByIDRow) (civic.Standard, error) {
	s := civic.Standard{ID: r.ID, Unit: r.Unit, Parent: r.Parent, State: civic.StandardState(r.State), Revision: int(r.Revision), SavedBy: r.SavedBy, SavedAt: r.SavedAt}
	if err := json.Unmarshal(r.Body, &s.StandardBody); err != nil {
		return s, fmt.Errorf("read standard %s: %w", r.ID, err)
	}
	return s, nil
}
