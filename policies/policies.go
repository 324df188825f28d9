package policies

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"lizheng/civic"
)

// Source knows who holds which role where, and who stands in for whom. Both are asked on every reload.
type Source interface {
	// Grants are all grants, also those that are not confirmed, over or revoked; they count by the clock.
	Grants(ctx context.Context) ([]civic.Grant, error)
	// Deputies are all deputyships that are not over for good.
	Deputies(ctx context.Context) ([]civic.Deputy, error)
}

// Options are what a service may choose; the zero value is good for production.
type Options struct {
	Now func() time.Time // the clock; time.Now when nil
	// City is the record's time, at which grants are in force or not; Now when nil. How old a reading is, Now says.
	City  func() time.Time
	Grace time.Duration // how long the last good reading counts when no newer one can be had; 10 minutes when 0
	Every time.Duration // how often Run reads again without being told; a minute when 0
	// FailedFunc hears of a reload that Run could not do; it is logged when nil.
	FailedFunc func(error)
}

// Policies answers who may do what. It is safe for any number of goroutines, also while it reloads.
type Policies struct {
	source  Source
	options Options
	reading sync.Mutex // one reload at a time: an older reading never replaces a newer one
	current atomic.Pointer[snapshot]
}

var _ civic.Policy = (*Policies)(nil)

// New reads the rules and the grants. It fails, rather than serve without them or with other rules than it was built with.
func New(ctx context.Context, source Source, options Options) (*Policies, error) {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.City == nil {
		options.City = options.Now
	}
	if options.Grace == 0 {
		options.Grace = 10 * time.Minute
	}
	if options.Every == 0 {
		options.Every = time.Minute
	}
	if options.FailedFunc == nil {
		options.FailedFunc = func(err error) { slog.Error("permissions are not up to date", "error", err) }
	}
	p := &Policies{source: source, options: options}
	if err := p.Reload(ctx); err != nil {
		return nil, err
	}
	return p, nil
}

// Reload reads everything anew and puts it in place at once. When it fails, the last good reading stays in place, for
// as long as Options.Grace.
func (p *Policies) Reload(ctx context.Context) error {
	p.reading.Lock()
	defer p.reading.Unlock()
	readAt := p.options.Now()
	rules, err := load(modelText, policyText, expected)
	if err != nil {
		return fmt.Errorf("load the rules: %w", err)
	}
	grants, err := p.source.Grants(ctx)
	if err != nil {
		return fmt.Errorf("read the grants: %w", err)
	}
	deputies, err := p.source.Deputies(ctx)
	if err != nil {
		return fmt.Errorf("read the deputies: %w", err)
	}
	next, err := newSnapshot(rules, readAt, grants, deputies)
	if err != nil {
		return err
	}
	p.current.Store(next)
	return nil
}

// Run reloads whenever something arrives on changed, and every so often besides, in case a message was lost.
// It returns when the context is done.
func (p *Policies) Run(ctx context.Context, changed <-chan struct{}) {
	net := time.NewTicker(p.options.Every)
	defer net.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-changed:
			if !open {
				changed = nil // nobody tells any more: the net remains
				continue
			}
		case <-net.C:
		}
		if err := p.Reload(ctx); err != nil && ctx.Err() == nil {
			p.options.FailedFunc(err)
		}
	}
}

// Ready refuses when permissions are too old to decide by: the service should not be asked.
func (p *Policies) Ready() error {
	_, err := p.latest()
	return err
}

// Rules are the lines in force, in the order of the file.
func (p *Policies) Rules() []Rule { return append([]Rule(nil), p.current.Load().rules.rules...) }

// Version is the SHA-256 of policy.csv: what the line numbers in permits refer to.
func (p *Policies) Version() string { return expected.Policy }

// latest is the reading to decide by: none, once it is older than it may be.
func (p *Policies) latest() (*snapshot, error) {
	s := p.current.Load()
	if age := p.options.Now().Sub(s.readAt); age > p.options.Grace {
		return nil, civic.Refuse(civic.Unavailable, "permissions_stale", "权限数据暂时无法更新，请稍后再试。",
			"Permissions cannot be brought up to date at the moment; please try again later.").
			By("fail_closed").With("age_seconds", int(age/time.Second))
	}
	return s, nil
}

// asker is who asks, now; nobody and ids that were never given out are turned away before any rule is looked at.
func (p *Policies) asker(who civic.Actor) (*asker, error) {
	if who.Person == "" {
		return nil, civic.Refuse(civic.Unauthorised, "sign_in", "请先登录。", "Please sign in.")
	}
	if !wellFormed(who.Person) {
		return nil, fmt.Errorf("%q is no person's id", who.Person)
	}
	s, err := p.latest()
	if err != nil {
		return nil, err
	}
	return &asker{snapshot: s, now: p.options.City(), person: who.Person}, nil
}
