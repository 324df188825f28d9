// Package rehearsal carries one whole year of the appraisal through the door of an installation, with as many communities as
// a city has: the people sign in, read their inbox and answer, and the engine does what nobody does. It says how long each
// part took, and holds the result against the rules at the end.
package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"lizheng/civic"
	"lizheng/civic/selection"
)

// Options say what is rehearsed, and where.
type Options struct {
	Door, Password string
	Staff          Staff
	Year           int
	Communities    int
	Advance        func(ctx context.Context, d time.Duration) error // moves the city's clock on
	Progress       io.Writer
}

// year is the rehearsal under way.
type year struct {
	Options
	*crew
	id     string
	report *Report
}

// atOnce is how many people work at the same time.
const atOnce = 16

// The officials of the sample city.
var (
	districts = []string{"cz-tianning", "cz-zhonglou", "cz-xinbei", "cz-wujin", "cz-jintan", "cz-liyang", "cz-jingkai"}
	desks     = map[string]string{"cz-tianning": "yuan.ting", "cz-zhonglou": "xia.jun", "cz-xinbei": "hou.liang", "cz-wujin": "shao.yun", "cz-jintan": "kong.deming", "cz-liyang": "shi.yulan", "cz-jingkai": "gong.jie"}
	members   = []string{"song.lixin", "deng.liping", "xie.dong", "luo.chunmei", "gao.xiang"}
	asked     = []string{"pan.feng", "an.sheng", "lian.ming"} // about eligibility
)

const (
	office  = "xu.ming"   // the clerk of the city's office who runs the year
	checker = "chen.jing" // another one, who checks
	chair   = "liang.zhiyuan"
	namer   = "wen.hua"
)

// Run carries the year from the circular to the plaques.
func Run(ctx context.Context, o Options) (*Report, error) {
	y := &year{Options: o, crew: newCrew(o.Door, o.Password), id: civic.AppraisalID(o.Year), report: &Report{Nominees: o.Communities}}
	for _, part := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"circular, quota, rules of seven districts", y.begins},
		{"declarations and self-assessments", y.declares},
		{"recommendations of the streets", y.recommends},
		{"panels composed; every nomination has its sheets", y.composes},
		{"sheets of five assessors each", y.scores},
		{"panels closed", y.closes},
		{"eligibility, three replies each", y.clears},
		{"the districts' notices are over", y.notices},
		{"scores frozen and ranked, districts report", y.freezes},
		{"sample drawn and scored again", y.samples},
		{"vote, approval, notice with an objection", y.approves},
		{"named; every nomination has settled", y.names},
		{"what the public sees", y.publishes},
	} {
		began, sent := time.Now(), y.Requests.Load()
		if err := part.do(ctx); err != nil {
			return y.report, fmt.Errorf("%s: %w", part.name, err)
		}
		y.report.Parts = append(y.report.Parts, Part{part.name, time.Since(began), y.Requests.Load() - sent})
		fmt.Fprintf(o.Progress, "%s: %.1f s\n", part.name, time.Since(began).Seconds())
	}
	return y.report, nil
}

// each lets people work beside each other.
func each[T any](ctx context.Context, who []T, do func(ctx context.Context, one T) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for _, one := range who {
		group.Go(func() error { return do(ctx, one) })
	}
	return group.Wait()
}

// one answers the only task that waits for somebody at a step of the year.
func (y *year) one(ctx context.Context, login, step, outcome string, details any) error {
	n, err := y.clear(ctx, login, step, func(_ int, t civic.Task) error { return y.decide(ctx, login, t.ID, outcome, details) })
	if err == nil && n == 0 {
		err = fmt.Errorf("nothing waits for %s at %s", login, step)
	}
	return err
}

func (y *year) path(rest string) string { return fmt.Sprintf("/appraisals/%d%s", y.Year, rest) }

// view is the year as the office sees it.
func (y *year) view(ctx context.Context) (v civic.YearView, err error) {
	err = y.get(ctx, office, y.path(""), &v)
	return v, err
}

// settled waits until the nominations are in the states that are expected, and nowhere else; the engine brings them there.
func (y *year) settled(ctx context.Context, in ...civic.State) error {
	return y.until(ctx, func() (bool, error) {
		v, err := y.view(ctx)
		if err != nil {
			return false, err
		}
		elsewhere, there := int64(0), int64(0)
		for _, d := range v.Districts {
			for _, c := range d.Counts {
				if slices.Contains(in, c.State) {
					there += c.Count
				} else {
					elsewhere += c.Count
				}
			}
		}
		return elsewhere == 0 && there == int64(y.Communities), nil
	})
}

// stands waits until the year itself is in a state.
func (y *year) stands(ctx context.Context, in civic.State) error {
	return y.until(ctx, func() (bool, error) {
		v, err := y.view(ctx)
		return v.State == in, err
	})
}

// settling bounds how long the engine may take for what nobody needs to do.
const settling = 10 * time.Minute

func (y *year) until(ctx context.Context, so func() (bool, error)) error {
	ctx, cancel := context.WithTimeoutCause(ctx, settling, errors.New("it did not settle by itself"))
	defer cancel()
	for {
		yes, err := so()
		if err != nil || yes {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// passes lets time pass; everybody goes home meanwhile.
func (y *year) passes(ctx context.Context, days int) error {
	y.goHome()
	return y.Advance(ctx, time.Duration(days)*24*time.Hour)
}

// percent is what an assessor gives a community: between 65 and 97, and always the same.
func percent(parts ...string) selection.Points {
	n := 0
	for _, p := range parts {
		for _, r := range p {
			n = (n*31 + int(r)) % 9973
		}
	}
	return selection.Points(65 + n%33)
}
