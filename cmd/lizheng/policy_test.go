package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/config/embedded/embeddedtest"
	"lizheng/policies"
	"lizheng/postgres"
	"lizheng/postgres/postgrestest"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// command runs one command line and returns its exit code and what it wrote.
func command(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, &o, &e)
	return code, o.String(), e.String()
}

func TestPolicyCheckNeedsNoDatabase(t *testing.T) {
	t.Parallel()
	code, out, errs := command(t, "policy", "check")
	require.Zero(t, code, errs)
	book, err := policies.Check()
	require.NoError(t, err)
	require.Contains(t, out, "version "+book.Version)
	for _, r := range civic.Roles {
		require.Contains(t, out, string(r.Role), "every role has its line")
	}

	code, out, errs = command(t, "policy", "check", "--output", "json")
	require.Zero(t, code, errs)
	var got struct {
		Version string
		Rules   int
		Roles   []ruleSummary
	}
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	require.Equal(t, book.Version, got.Version)
	sum := 0
	for _, r := range got.Roles {
		sum += r.Allows + r.Denies
	}
	require.Equal(t, len(book.Rules), sum, "every rule is counted once")
	require.Equal(t, got.Rules, sum)
}

func TestPolicyCheckNamesTheLineAtFault(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "policy.csv")
	require.NoError(t, os.WriteFile(file, []byte("# mine\np, role:supervisor, case, *, read, any, allow\np, role:mayor, case, *, read, any, allow\n"), 0o600))
	code, out, errs := command(t, "policy", "check", file)
	require.Equal(t, 1, code)
	require.Empty(t, out)
	require.Contains(t, errs, `policy.csv:3: there is no role "mayor"`)
	require.Contains(t, errs, "nobody may decide a task", "what is missing is said too")
}

// settings are the flags by which a command finds the test's own record; Temporal need not be there.
func settings(d postgrestest.Database) []string {
	return []string{"--database-url", d.App, "--temporal-address", "127.0.0.1:1", "--signing-key", hex.EncodeToString(postgrestest.Key)}
}

// atOnce is an engine without workflows: an act is committed where it is asked for.
type atOnce struct{ *postgres.Store }

func (e atOnce) Begin(ctx context.Context, a civic.Act) (civic.Outcome, error) {
	return e.Commit(ctx, a)
}

func (e atOnce) Inform(ctx context.Context, a civic.Act) (civic.Outcome, error) {
	return e.Commit(ctx, a)
}

// deskOver is a desk over a record, with its policies.
func deskOver(t *testing.T, store *postgres.Store) *civic.Desk {
	t.Helper()
	policy, err := policies.New(t.Context(), store, policies.Options{City: store.Now})
	require.NoError(t, err)
	return &civic.Desk{Record: store, Policy: policy, Engine: atOnce{store}, Key: postgrestest.Key}
}

// registering files a request and returns the task of its registration.
func registering(t *testing.T, desk *civic.Desk) string {
	t.Helper()
	clerk := postgrestest.Actor("wang-fang")
	made, err := desk.CreateDraft(t.Context(), clerk, "draft", "cz-human-resources", civic.AccessRequest{
		Name: "居民家庭人口抽样入户调查", Category: civic.Survey, Purpose: civic.NewItem, Basis: []civic.Basis{{Level: "city", Title: "关于开展调查的通知"}},
		Necessity: "必要", WhyNotOwn: "熟悉居民", Work: "入户", PartPlayed: "assist", Communities: []string{"cz-tianning-diaozhuang-01"}, Duration: "phased",
		Start: "2027-02-01", End: "2027-12-31", Powers: "查阅名册", ExitWhen: "完成", LegalReview: "合法",
		Funding: civic.Funding{Kind: civic.ZeroCost, Statement: "只张贴海报"},
	})
	require.NoError(t, err)
	_, err = desk.Act(t.Context(), clerk, civic.Command{Kind: civic.ActSubmit, Case: made.Case.ID, Key: "submit", Route: "submit"})
	require.NoError(t, err)
	view, err := desk.Case(t.Context(), clerk, made.Case.ID)
	require.NoError(t, err)
	require.Len(t, view.Tasks, 1)
	return view.Tasks[0].ID
}

func TestPolicyExplainSaysOfEveryRuleWhyItDidOrDidNotSpeak(t *testing.T) {
	t.Parallel()
	store, record := postgrestest.New(t)
	desk := deskOver(t, store)
	made, err := desk.CreateDraft(t.Context(), postgrestest.Actor("wang-fang"), "k1", "cz-human-resources", civic.AccessRequest{Name: "入户调查"})
	require.NoError(t, err)
	explain := func(args ...string) string {
		code, out, errs := command(t, append(append([]string{"policy", "explain"}, args...), settings(record)...)...)
		require.Zero(t, code, errs)
		return out
	}

	own := explain("--person", "wang-fang", "--act", "submit", "--case", made.Case.ID)
	require.Contains(t, own, "wang-fang (王芳): submit case")
	require.Contains(t, own, "allow  policy.csv:")
	require.Contains(t, own, "allowed: it belongs to one's own unit")
	require.Contains(t, own, "allowed by policy.csv:")

	foreign := explain("--person", "li-juan", "--act", "submit", "--case", made.Case.ID, "--lang", "zh")
	require.Contains(t, foreign, "条件不符：须为本单位的事项")
	require.Contains(t, foreign, "不适用：管理员兼任或代理其他岗位", "a deny that did not speak is there")
	require.Contains(t, foreign, "不允许：not_found", "what the person hears")
	require.Contains(t, foreign, "-  policy.csv:")

	var trace policies.Trace
	require.NoError(t, json.Unmarshal([]byte(explain("--person", "shen-ji", "--act", "read", "--object", "audit", "--output", "json")), &trace))
	require.NotNil(t, trace.Permit)
	require.NotEmpty(t, trace.Lines)
	require.Contains(t, explain("--person", "chen-jing", "--act", "read", "--object", "stats"), "allowed by")
	require.Contains(t, explain("--person", "li-juan", "--act", "create", "--object", "draft", "--unit", "cz-disabled"), "allowed by")
	require.Contains(t, explain("--person", "li-juan", "--act", "create", "--object", "draft", "--unit", "cz-health"), "refused: not_your_unit")
}

func TestPolicyExplainOfATaskNamesTheSeatAndWhoeverIsStoodInFor(t *testing.T) {
	t.Parallel()
	store, record := postgrestest.New(t)
	desk := deskOver(t, store)
	_, err := desk.NameDeputy(t.Context(), postgrestest.Actor("chen-jing"), "k1", civic.NewDeputy{Principal: "chen-jing", Person: "li-juan", Until: store.Now().Add(time.Hour)})
	require.NoError(t, err)
	task := registering(t, desk)
	code, out, errs := command(t, append([]string{"policy", "explain", "--person", "li-juan", "--act", "decide", "--task", task}, settings(record)...)...)
	require.Zero(t, code, errs)
	require.Contains(t, out, "register: city_office_clerk @ cz-leading-office")
	require.Contains(t, out, "of chen-jing")
	require.Contains(t, out, "allowed by policy.csv:")
}

func TestPolicyExplainRefusesWhatItCannotAskAbout(t *testing.T) {
	t.Parallel()
	_, record := postgrestest.New(t)
	for _, c := range []struct {
		claim, says string
		code        int
		args        []string
	}{
		{"nobody of that name", `there is no person "nobody"`, 1, []string{"--person", "nobody", "--act", "read", "--object", "stats"}},
		{"an act that is no word of the policy", `knows no act "peek"`, 1, []string{"--person", "chen-jing", "--act", "peek", "--object", "stats"}},
		{"a case that is not there", "not_found", 1, []string{"--person", "chen-jing", "--act", "read", "--case", "00000000-0000-4000-8000-000000000000"}},
		{"a case with a unit that it has already", "--object", 1, []string{"--person", "chen-jing", "--act", "read", "--case", "00000000-0000-4000-8000-000000000000", "--unit", "cz-health"}},
		{"a task and a case at once", "--task", 2, []string{"--person", "chen-jing", "--act", "read", "--case", "x", "--task", "y"}},
		{"nothing at all", "--task", 2, []string{"--person", "chen-jing", "--act", "read"}},
	} {
		code, _, errs := command(t, append(append([]string{"policy", "explain"}, c.args...), settings(record)...)...)
		require.Equal(t, c.code, code, "%s: %s", c.claim, errs)
		require.Contains(t, errs, c.says, c.claim)
	}
}
