package bench

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"

	"lizheng/civic"
	"lizheng/cmd/lizheng/internal/visitor"
)

// Place is one installation of the product: its door and its record.
type Place struct {
	Door      string // http://host:port
	Super     string // URL of its database with every right, for the seeding
	Namespace string
	Cases     int // stored in it
}

// product carries cases through the door of a place: submission, registration, examination, pre-review.
type product struct {
	place  Place
	people map[string][]*visitor.Visitor
	drafts []string
	next   atomic.Int64
	sent   atomic.Int64
}

// Each person has several sessions, as a bureau with several desks has: one session may ask fifty times a second.
const sessions = 6

// enter signs everybody in.
func enter(ctx context.Context, place Place, password string, client *http.Client) (*product, error) {
	p := &product{place: place, people: map[string][]*visitor.Visitor{}}
	for _, login := range []string{"wang.fang", "chen.jing", "xu.jian"} {
		for range sessions {
			v, err := visitor.SignIn(ctx, client, place.Door, login, password)
			if err != nil {
				return nil, err
			}
			p.people[login] = append(p.people[login], v)
		}
	}
	return p, nil
}

func (p *product) name() string {
	return fmt.Sprintf("lizheng over HTTP, %d cases stored", p.place.Cases)
}

func (p *product) prepare(ctx context.Context, cases int) error {
	ids, err := drafts(ctx, p.place.Super, cases)
	p.drafts = ids
	p.next.Store(0)
	return err
}

// carry submits a draft and takes it through three decisions. The tasks that a decision opens have ids that are made of
// it, so that nothing needs to be read in between: reading is measured by itself.
func (p *product) carry(ctx context.Context, decided func()) error {
	n := int(p.next.Add(1)) - 1
	if n >= len(p.drafts) {
		return fmt.Errorf("all %d drafts are used up: prepare more", len(p.drafts))
	}
	receipt, err := p.act(ctx, "wang.fang", "/access-requests/"+p.drafts[n]+"/submission", struct{}{})
	if err != nil {
		return err
	}
	decided()
	for i, d := range []struct{ login, step, role, outcome string }{
		{"chen.jing", "register", "city_office_clerk", "pass"},
		{"chen.jing", "examine", "city_office_clerk", "accept"},
		{"xu.jian", "prereview", "city_office_director", "recommend"},
	} {
		task := civic.NewID(receipt.Act, d.step, d.role, "cz-leading-office", "", fmt.Sprint(i))
		if receipt, err = p.act(ctx, d.login, "/tasks/"+task+"/decision", map[string]string{"outcome": d.outcome}); err != nil {
			return err
		}
		decided()
	}
	return nil
}

func (p *product) act(ctx context.Context, login, path string, body any) (civic.Receipt, error) {
	n := p.sent.Add(1)
	v := p.people[login][n%sessions]
	reply, err := v.Send(ctx, http.MethodPost, path, civic.NewID("bench", p.place.Door, fmt.Sprint(n)), body)
	if err != nil {
		return civic.Receipt{}, err
	}
	var receipt civic.Receipt
	if err := reply.Read(&receipt); err != nil {
		return receipt, fmt.Errorf("%s %s: %w", login, path, err)
	}
	return receipt, nil
}
