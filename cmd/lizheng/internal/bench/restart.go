package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"lizheng/civic"
	"lizheng/civic/space"
	"lizheng/cmd/lizheng/internal/visitor"
)

// Restart is an installation with many housing projects open at once, all of which is killed and started again.
type Restart struct {
	Binary   string // of the product
	Dir      string // for its data
	Projects int
	Clients  int // that register them
	Password string
	Progress io.Writer

	door     string
	client   *http.Client
	people   map[string][]*visitor.Visitor
	sent     atomic.Int64
	waiting  []string // tasks that somebody is asked
	waitings sync.Mutex
}

// Restarted is what was measured.
type Restarted struct {
	Projects  int           `json:"projects"`
	Workflows int64         `json:"workflows"` // that were open at the kill
	Opening   time.Duration `json:"opening_ns"`
	Killed    int           `json:"killed"`   // processes
	Door      time.Duration `json:"door_ns"`  // from the start until the door opens
	First     time.Duration `json:"first_ns"` // from the start until the first act is answered
	Median    time.Duration `json:"median_ns"`
	Slowest   time.Duration `json:"slowest_ns"` // of the acts that follow, on another project each
	Acts      int           `json:"acts"`
	Fsck      string        `json:"fsck"`
}

// target is the promise: everything restarted, the first act is answered within it.
const restartTarget = 30 * time.Second

// Text prints it.
func (r Restarted) Text(w io.Writer) {
	verdict := "met"
	if r.First > restartTarget {
		verdict = "missed"
	}
	fmt.Fprintf(w, "projects open at once        %d, with %d open workflows; registered in %s\n", r.Projects, r.Workflows, r.Opening.Round(time.Second))
	fmt.Fprintf(w, "killed                       %d processes: the product, PostgreSQL, Temporal\n", r.Killed)
	fmt.Fprintf(w, "start to open door           %s\n", r.Door.Round(10*time.Millisecond))
	fmt.Fprintf(w, "start to first answered act  %s (target ≤ %s: %s)\n", r.First.Round(10*time.Millisecond), restartTarget, verdict)
	fmt.Fprintf(w, "the next %d acts             median %s, slowest %s\n", r.Acts, r.Median.Round(time.Millisecond), r.Slowest.Round(time.Millisecond))
	fmt.Fprintf(w, "examination afterwards       %s\n", r.Fsck)
}

// Run opens the projects, kills everything at once, starts it again and measures.
func (r *Restart) Run(ctx context.Context) (out Restarted, err error) {
	out.Projects = r.Projects
	if r.door, err = freeDoor(ctx); err != nil {
		return out, err
	}
	r.client = &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: r.Clients, MaxConnsPerHost: r.Clients}}
	p, err := r.start()
	if err != nil {
		return out, err
	}
	defer func() { p.kill() }()
	if err := r.opened(ctx, p); err != nil {
		return out, err
	}
	began := time.Now()
	if err := errors.Join(r.enter(ctx), r.register(ctx)); err != nil {
		return out, err
	}
	out.Opening = time.Since(began)
	if out.Workflows, err = r.workflows(ctx); err != nil {
		return out, err
	}
	out.Killed = p.kill()
	began = time.Now()
	if p, err = r.start(); err != nil {
		return out, err
	}
	if err := r.again(ctx, p, began, &out); err != nil {
		return out, err
	}
	out.Fsck, err = r.examine(ctx)
	return out, err
}

// again measures from the start of everything to the first answered act, and the acts after it.
func (r *Restart) again(ctx context.Context, p *tree, began time.Time, out *Restarted) error {
	if err := r.opened(ctx, p); err != nil {
		return err
	}
	out.Door = time.Since(began)
	if len(r.waiting) == 0 {
		return errors.New("no project waits for an answer")
	}
	var took []time.Duration
	for i, task := range r.waiting[:min(len(r.waiting), 101)] {
		asked := time.Now()
		if err := r.insist(ctx, task); err != nil {
			return err
		}
		if i == 0 {
			out.First = time.Since(began)
			continue
		}
		took = append(took, time.Since(asked))
	}
	if out.Acts = len(took); out.Acts > 0 {
		slices.Sort(took)
		out.Median, out.Slowest = took[len(took)/2], took[len(took)-1]
	}
	return nil
}

// insist countersigns under one key until the answer is definite, as a browser does.
func (r *Restart) insist(ctx context.Context, task string) error {
	for {
		reply, err := r.people["fan.min"][0].Send(ctx, http.MethodPost, "/tasks/"+task+"/decision", civic.NewID("restart", task), map[string]string{"outcome": "agree"})
		switch {
		case err == nil && reply.OK():
			return nil
		case err == nil && reply.Status < 500 && reply.Status != http.StatusAccepted && reply.Status != http.StatusTooManyRequests:
			return reply.Read(nil)
		case ctx.Err() != nil:
			return ctx.Err()
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// register opens the projects: every second of them has its conditions drawn up and waits for the countersignature.
func (r *Restart) register(ctx context.Context) error {
	var next atomic.Int64
	errs := make([]error, r.Clients)
	var all sync.WaitGroup
	for c := range r.Clients {
		all.Go(func() {
			for i := next.Add(1); i <= int64(r.Projects) && errs[c] == nil; i = next.Add(1) {
				errs[c] = r.project(ctx, int(i))
				if i%200 == 0 {
					fmt.Fprintf(r.Progress, "%d of %d projects are open\n", i, r.Projects)
				}
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

func (r *Restart) project(ctx context.Context, n int) error {
	form := civic.HousingForm{Name: fmt.Sprintf("第%d号小区", n), Address: "常州市天宁区和平路1号", Community: "cz-tianning-diaozhuang-01", Developer: "cz-developer-jinling",
		Surveyor: "cz-surveyor-longcheng", Approval: civic.DocumentRef{Number: fmt.Sprintf("常发改发〔2014〕%d号", n), Date: "2014-08-01"}, Households: 2000}
	var made civic.DraftMade
	if err := r.do(ctx, "wang.yang", "/housing-projects", map[string]any{"unit": "cz-reform", "form": form}, &made); err != nil {
		return err
	}
	var receipt civic.Receipt
	if err := r.do(ctx, "wang.yang", "/housing-projects/"+made.Case.ID+"/submission", struct{}{}, &receipt); err != nil || n%2 == 0 {
		return err
	}
	task := civic.NewID(receipt.Act, "conditions", string(civic.PlanningOfficer), "cz-natural-resources", "", "0")
	conditions := map[string]any{"outcome": "issue", "details": map[string]any{"housing": civic.HousingDetails{
		Document: &civic.DocumentRef{Number: fmt.Sprintf("规条〔2014〕%d号", n), Date: "2014-09-01"}, Conditions: &civic.HousingConditions{Area: 640 * space.SquareMetre,
			Position: "主入口", Storey: 2, Independent: true, Delivery: "同步交付", Ownership: "区人民政府", Transferee: "cz-tianning-diaozhuang-office"}}}}
	if err := r.do(ctx, "lin.xiaodong", "/tasks/"+task+"/decision", conditions, &receipt); err != nil {
		return err
	}
	r.waitings.Lock()
	defer r.waitings.Unlock()
	r.waiting = append(r.waiting, civic.NewID(receipt.Act, "countersign", string(civic.CivilAffairs), "cz-civil-affairs", "", "1"))
	return nil
}

func (r *Restart) do(ctx context.Context, login, path string, body, into any) error {
	n := r.sent.Add(1)
	reply, err := r.people[login][n%sessions].Send(ctx, http.MethodPost, path, civic.NewID("restart", fmt.Sprint(n)), body)
	if err != nil {
		return err
	}
	if err := reply.Read(into); err != nil {
		return fmt.Errorf("%s %s: %w", login, path, err)
	}
	return nil
}

// enter signs in whoever registers, draws up and countersigns.
func (r *Restart) enter(ctx context.Context) error {
	r.people = map[string][]*visitor.Visitor{}
	for _, login := range []string{"wang.yang", "lin.xiaodong", "fan.min"} {
		for range sessions {
			v, err := visitor.SignIn(ctx, r.client, "http://"+r.door, login, r.Password)
			if err != nil {
				return err
			}
			r.people[login] = append(r.people[login], v)
		}
	}
	return nil
}
