package rehearsal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"lizheng/civic"
	"lizheng/civic/selection"
)

// begins (B0, B1): the circular, and the districts' rules, which serve every indicator of the city's.
func (y *year) begins(ctx context.Context) error {
	now := time.Now()
	form := map[string]any{"year": y.Year, "standard": "cz-2026", "name": "常州市和谐（平安、文明）社区（村）", "project": "样例〔2025〕1号",
		"seed_source": "中国福利彩票双色球开奖号码", "circular": fmt.Sprintf("常社区办发〔%d〕1号", y.Year), "declare_by": now.AddDate(0, 0, 40).Format(time.DateOnly), "report_by": now.AddDate(0, 0, 120).Format(time.DateOnly)}
	if err := y.post(ctx, office, "/appraisals", map[string]any{"unit": "cz-leading-office", "form": form}, nil); err != nil {
		return err
	}
	if err := y.post(ctx, office, y.path("/submission"), struct{}{}, nil); err != nil {
		return err
	}
	var city civic.Standard
	if err := y.get(ctx, office, "/standards/cz-2026", &city); err != nil {
		return err
	}
	for i := range city.Dimensions {
		for j := range city.Dimensions[i].Indicators {
			city.Dimensions[i].Indicators[j].City = city.Dimensions[i].Indicators[j].Key
		}
	}
	for _, district := range districts {
		id := fmt.Sprintf("%s-%d", district, y.Year)
		rules := map[string]any{"id": id, "unit": district + "-leading-office", "parent": city.ID, "body": city.StandardBody}
		if err := y.post(ctx, desks[district], "/standards", rules, nil); err != nil {
			return err
		}
		if err := y.one(ctx, desks[district], "file_rules", "file", civic.AppraisalDetails{Standard: id}); err != nil {
			return err
		}
		if err := y.one(ctx, checker, "check_rules", "approve", nil); err != nil {
			return err
		}
	}
	return y.stands(ctx, civic.Declaring)
}

// declares (B2, B3): every clerk declares the committees of one street and scores them.
func (y *year) declares(ctx context.Context) error {
	return each(ctx, y.Staff.Clerks, func(ctx context.Context, clerk string) error {
		for _, community := range y.Staff.Communities[clerk] {
			form := map[string]any{"year": y.Year, "community": community, "plan": "建好议事厅，办好老年食堂，整治小区停车。", "minutes": "居民会议到会86人，一致同意申报。"}
			var made civic.DraftMade
			if err := y.post(ctx, clerk, "/nominations", map[string]any{"unit": community + "-committee", "form": form}, &made); err != nil {
				return err
			}
			if err := y.post(ctx, clerk, "/nominations/"+made.Case.ID+"/submission", struct{}{}, nil); err != nil {
				return err
			}
			if err := y.sheet(ctx, clerk, made.Case.ID); err != nil {
				return err
			}
		}
		_, err := y.clear(ctx, clerk, "self_assess", func(_ int, t civic.Task) error { return y.decide(ctx, clerk, t.ID, "hand_in", nil) })
		return err
	})
}

// sheet fills somebody's sheet in and hands it in, unless they are recused.
func (y *year) sheet(ctx context.Context, login, nomination string) error {
	path := "/nominations/" + nomination + "/sheet"
	var view civic.SheetView
	if err := y.get(ctx, login, path, &view); err != nil {
		return err
	}
	if !view.Editable {
		return nil
	}
	share := percent(login, nomination)
	marks := make([]civic.SheetMark, 0, view.Indicators)
	for _, d := range view.Standard.Dimensions {
		for _, i := range d.Indicators {
			score := i.Most * share / 100
			marks = append(marks, civic.SheetMark{Mark: selection.Mark{Indicator: i.Key, Score: score}, Evidence: "台账第3页"})
		}
	}
	var saved civic.Sheet
	if err := y.save(ctx, login, http.MethodPut, path, view.Sheet.Revision, map[string]any{"marks": marks}, &saved); err != nil {
		return err
	}
	y.report.Sheets.Add(1)
	return y.save(ctx, login, http.MethodPost, path+"/submission", saved.Revision, struct{}{}, nil)
}

// recommends (B4): every street recommends its communities in its own order.
func (y *year) recommends(ctx context.Context) error {
	return each(ctx, y.Staff.Streets, func(ctx context.Context, street string) error {
		_, err := y.clear(ctx, street, "recommend", func(i int, t civic.Task) error {
			return y.decide(ctx, street, t.ID, "recommend", civic.AppraisalDetails{Rank: i + 1})
		})
		return err
	})
}

// composes (B5): the panels are named only now, so that every nomination takes over at once what its district decided.
func (y *year) composes(ctx context.Context) error {
	for _, district := range districts {
		panel := y.Staff.Panels[district]
		if err := y.one(ctx, desks[district], "compose_panel", "compose", civic.AppraisalDetails{Assessors: panel, Lead: panel[0]}); err != nil {
			return err
		}
	}
	return y.settled(ctx, civic.PanelWork)
}

// assessors are all members of all panels.
func (y *year) assessors() (all []string) {
	for i := range panelSize {
		for _, district := range districts {
			all = append(all, y.Staff.Panels[district][i])
		}
	}
	return all
}

// scores (B5): every assessor scores every community of their district.
func (y *year) scores(ctx context.Context) error {
	return each(ctx, y.assessors(), func(ctx context.Context, login string) error {
		return y.nominations(ctx, login, "&district="+y.Staff.District[login], func(n civic.NomineeLine) error { return y.sheet(ctx, login, n.Nomination) })
	})
}

// nominations goes through a list page by page.
func (y *year) nominations(ctx context.Context, login, filter string, do func(civic.NomineeLine) error) error {
	for after := ""; ; {
		var page civic.Part[civic.NomineeLine]
		if err := y.get(ctx, login, y.path("/nominations?limit=100"+filter+after), &page); err != nil {
			return err
		}
		for _, n := range page.Items {
			if err := do(n); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		after = "&after=" + page.Next
	}
}

// closes (B5): the leads close their panels with the survey's result.
func (y *year) closes(ctx context.Context) error {
	return each(ctx, districts, func(ctx context.Context, district string) error {
		lead := y.Staff.Panels[district][0]
		_, err := y.clear(ctx, lead, "close_panel", func(_ int, t civic.Task) error {
			survey := 100 * percent(t.Case)
			return y.decide(ctx, lead, t.ID, "close", civic.AppraisalDetails{Survey: &survey})
		})
		return err
	})
}

// clears (B6): three departments say of every community that nothing stands against it.
func (y *year) clears(ctx context.Context) error {
	return each(ctx, asked, func(ctx context.Context, login string) error {
		_, err := y.clear(ctx, login, "eligibility", func(_ int, t civic.Task) error { return y.decide(ctx, login, t.ID, "clear", nil) })
		return err
	})
}

// notices (B7): the district notices end by themselves, and so does the time to declare.
func (y *year) notices(ctx context.Context) error {
	if err := y.passes(ctx, 45); err != nil {
		return err
	}
	if err := y.settled(ctx, civic.Qualified); err != nil {
		return err
	}
	return y.stands(ctx, civic.PanelsAtWork)
}

// freezes (B8): scores are frozen and ranked, and the districts report.
func (y *year) freezes(ctx context.Context) error {
	if err := y.one(ctx, office, "freeze", "freeze", nil); err != nil {
		return err
	}
	for _, district := range districts {
		if err := y.one(ctx, desks[district], "report", "report", nil); err != nil {
			return err
		}
	}
	return y.settled(ctx, civic.Ranked, civic.BelowLine)
}

// samples (B9): a fifth is scored again by another district's assessors.
func (y *year) samples(ctx context.Context) error {
	if err := y.one(ctx, office, "draw", "draw", civic.AppraisalDetails{Seed: "中国福利彩票2027001期"}); err != nil {
		return err
	}
	var sample civic.SampleView
	if err := y.get(ctx, office, y.path("/sample"), &sample); err != nil {
		return err
	}
	y.report.Sampled = len(sample.Drawn)
	scored := 0
	err := y.until(ctx, func() (bool, error) {
		for _, district := range districts {
			second := y.Staff.Panels[district][1]
			n, err := y.clear(ctx, second, "rescore", func(_ int, t civic.Task) error {
				if err := y.sheet(ctx, second, t.Case); err != nil {
					return err
				}
				return y.decide(ctx, second, t.ID, "hand_in", nil)
			})
			scored += n
			if err != nil {
				return false, err
			}
		}
		return scored == len(sample.Drawn), nil
	})
	if err != nil {
		return err
	}
	return y.one(ctx, office, "close_sample", "close", nil)
}

// approves (B10, B11): vote, approval, and a notice in which somebody objects.
func (y *year) approves(ctx context.Context) error {
	for _, member := range members {
		if err := y.one(ctx, member, "vote", "for", nil); err != nil {
			return err
		}
	}
	if err := y.one(ctx, chair, "approve_list", "approve", nil); err != nil {
		return err
	}
	if err := y.object(ctx, namer, y.id, "对名单有异议。"); err != nil {
		return err
	}
	if err := y.passes(ctx, 15); err != nil {
		return err
	}
	if err := y.stands(ctx, civic.Objected); err != nil {
		return err
	}
	return y.one(ctx, checker, "list_objection", "dismiss", nil)
}

// names (B12–B14): the titles, and what becomes of everybody else.
func (y *year) names(ctx context.Context) error {
	if err := y.one(ctx, namer, "name_list", "name", nil); err != nil {
		return err
	}
	if err := y.settled(ctx, civic.TitleHeld, civic.InReserve, civic.NotRecommended, civic.BelowLine, civic.Struck, civic.Archived); err != nil {
		return err
	}
	return y.one(ctx, office, "award", "award", nil)
}

// publishes holds what the public sees against the rules: as many titles as there is quota, and a list anybody can compute again.
func (y *year) publishes(ctx context.Context) error {
	var shown civic.PublicYear
	if err := y.get(ctx, office, fmt.Sprintf("/public/appraisals/%d", y.Year), &shown); err != nil {
		return err
	}
	y.report.Titles = len(shown.Titles)
	var document json.RawMessage
	if err := y.get(ctx, office, fmt.Sprintf("/public/appraisals/%d/sheet", y.Year), &document); err != nil {
		return err
	}
	sheet, findings, err := selection.Verify(document)
	switch {
	case err != nil:
		return err
	case len(findings) > 0:
		return fmt.Errorf("the published list is not what its own figures say: %s", findings[0])
	case int64(y.report.Titles) != sheet.Proposed:
		return fmt.Errorf("%d titles were given, %d proposed", y.report.Titles, sheet.Proposed)
	case y.report.Titles > 100:
		return errors.New("more titles than there is quota")
	}
	return nil
}
