package selection_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/selection"
)

// published is a year with something of everything: areas, returned titles, a reserve,
// ties to the last step, bars, and two strikes.
func published(t testing.TB) selection.Sheet {
	a := nominees(30, 7)
	a.Rule.Titles, a.Rule.Areas, a.Rule.Line, a.Rule.ReservePercent = 14, true, 70_00, 40
	a.Units = a.Units[:3]
	for i := range a.Candidates {
		c := &a.Candidates[i]
		c.Unit, c.Area = a.Units[i%3].Code, []selection.Area{selection.Urban, selection.Rural}[i/3%2]
		c.Standing = []selection.Standing{selection.Stands, selection.Stands, selection.Stands, selection.Stands, selection.Vetoed, selection.Stands, selection.Barred}[i%7]
		if c.Standing != selection.Stands {
			c.Grounds = []string{"《命名办法》第5条"}
		}
		c.Base, c.Figures = c.Base/1000*1000, []int64{c.Figures[0] / 50, c.Figures[1]}
		c.Bonus, c.Penalty = selection.Points(i%4*50), selection.Points(i%3*100)
	}
	s, err := selection.Publish(a)
	require.NoError(t, err)
	for _, l := range s.Lists {
		if len(l.Places) > 1 && l.Places[0].Outcome == selection.IsProposed {
			a.Strikes = append(a.Strikes, selection.Strike{Key: l.Places[0].Key, Kind: selection.IsStruck, Grounds: []string{"异议成立"}})
		}
	}
	a.Strikes[0].Kind = selection.IsRevoked
	s, err = selection.Publish(a)
	require.NoError(t, err)
	require.NotEmpty(t, s.Returns, "the example has returned titles")
	return s
}

func TestAPublishedSheetVerifies(t *testing.T) {
	t.Parallel()
	s := published(t)
	text := encoded(t, s)
	again, findings, err := selection.Verify(text)
	require.NoError(t, err)
	require.Empty(t, findings)
	require.Equal(t, s, again)

	var indented bytes.Buffer
	require.NoError(t, json.Indent(&indented, text, "", "  "))
	_, findings, err = selection.Verify(indented.Bytes())
	require.NoError(t, err)
	require.Empty(t, findings, "white space means nothing")
}

func TestTheHashIsWhatTheDescriptionSays(t *testing.T) {
	t.Parallel()
	s := published(t)
	member := `"hash":"` + s.Hash + `",` // no member is shortened, so it can be cut out of the text
	text := encoded(t, s)
	require.Equal(t, 1, strings.Count(string(text), member))
	sum := sha256.Sum256([]byte(strings.Replace(string(text), member, "", 1)))
	require.Equal(t, hex.EncodeToString(sum[:]), s.Hash)
}

// TestASheetOfAnEarlierDayIsTheSameToday holds the format still: whoever changes what
// a sheet says must give it another version. The file is what Publish once gave, and its
// hash was computed by another implementation too.
func TestASheetOfAnEarlierDayIsTheSameToday(t *testing.T) {
	t.Parallel()
	const file = "testdata/sheet.json"
	document, err := os.ReadFile(file)
	require.NoError(t, err)
	_, findings, err := selection.Verify(document)
	require.NoError(t, err)
	require.Empty(t, findings)
}

func TestVerifyNamesTheFirstDifference(t *testing.T) {
	t.Parallel()
	a := two(of("320402", candidate("a", 99_00)), of("320404", candidate("d", 81_00)), of("320404", candidate("e", 80_00)), of("320404", candidate("f", 80_00)))
	s, err := selection.Publish(a)
	require.NoError(t, err)
	text := string(encoded(t, s))
	for _, c := range []struct {
		name, from, to, want string
	}{
		{"an outcome", `"key":"f","outcome":"reserve"`, `"key":"f","outcome":"proposed"`, `lists[1].places[2].outcome (f): published "proposed", computed "reserve"`},
		{"a score that was frozen", `"base":8000,"bonus":0,"figures":[0,0],"key":"e"`, `"base":7900,"bonus":0,"figures":[0,0],"key":"e"`, `lists[1].places[1].key (f): published "e", computed "f"`},
		{"a score without consequence", `"base":9900`, `"base":9800`, `lists[0].places[0].qualifying (a): published 9900, computed 9800`},
		{"a share", `"shares":[{"code":"320402","rural":0,"titles":1`, `"shares":[{"code":"320402","rural":0,"titles":2`, `quota.shares[0].titles (320402): published 2, computed 1`},
		{"the version of the rule", `"version":"2014-1"`, `"version":"2015-1"`, fmt.Sprintf(`hash: published "%s", computed `, s.Hash)},
		{"a member that does not belong", `"subject"`, `"note":"x","subject"`, `note: published "x", computed nothing`},
		{"a member that is missing", `"shortfall":0,"strikes"`, `"strikes"`, `shortfall: published nothing, computed 0`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, 1, strings.Count(text, c.from), text)
			_, findings, err := selection.Verify([]byte(strings.Replace(text, c.from, c.to, 1)))
			require.NoError(t, err)
			require.NotEmpty(t, findings)
			require.Contains(t, findings[0].String(), c.want)
		})
	}
}

func TestVerifyRefusesWhatIsNoSheet(t *testing.T) {
	t.Parallel()
	text := string(encoded(t, published(t)))
	for _, c := range []struct{ name, document, want string }{
		{"nothing", "", "this is no sheet: unexpected end of JSON input"},
		{"something else", "[]", `the format is "", not "lizheng-selection/1"`},
		{"another version", `{"format":"lizheng-selection/2"}`, `the format is "lizheng-selection/2", not "lizheng-selection/1"`},
		{"a member twice", strings.Replace(text, `"subject":`, `"subject":"x","subject":`, 1), `this is no sheet: the member "subject" is there twice`},
		{"a fraction", strings.Replace(text, `"proposed":`, `"proposed":1.0,"x":`, 1), "this is no sheet: 1.0 is not an integer within ±(2^53-1)"},
		{"an exponent", strings.Replace(text, `"proposed":`, `"proposed":1e1,"x":`, 1), "this is no sheet: 1e1 is not an integer within ±(2^53-1)"},
		{"two documents", text + "{}", "this is no sheet: invalid character '{' after top-level value"},
		{"half a character", strings.Replace(text, `"subject":"`, `"subject":"\ud83d`, 1), `this is no sheet: "\ud83dappraisal/2014" holds half a surrogate pair`},
		{"broken text", text[:len(text)-1] + "\xff", "this is no sheet: the document is not UTF-8"},
		{"a bottomless one", strings.Repeat("[", 33) + strings.Repeat("]", 33), "this is no sheet: the document is nested too deeply"},
		{"a candidate twice", strings.Replace(text, `"key":"000000001"`, `"key":"000000000"`, 1), "no selection can be made from the sheet: the candidate 000000000 is there twice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, _, err := selection.Verify([]byte(c.document))
			require.EqualError(t, err, c.want)
		})
	}
}

func TestPublishRefusesTextThatJSONWouldChange(t *testing.T) {
	t.Parallel()
	_, err := selection.Publish(two(candidate("\xff", 1)))
	require.EqualError(t, err, `"\xff" is not UTF-8`)
	a := two()
	a.Rule.Version = ""
	_, err = selection.Publish(a)
	require.EqualError(t, err, "a sheet names its subject and the version of its rule")
}

// TestVerifyFindsAnySingleChange changes every value of a sheet in turn, and removes
// every member and every element.
func TestVerifyFindsAnySingleChange(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/sheet.json")
	require.NoError(t, err)
	var tree any
	read := json.NewDecoder(bytes.NewReader(text))
	read.UseNumber()
	require.NoError(t, read.Decode(&tree))
	changes := 0
	check := func(path string) {
		changes++
		if changes%23 != 0 && (strings.HasPrefix(path, ".lists[") || strings.HasPrefix(path, ".candidates[")) {
			return // of the thousands that are all alike some are enough
		}
		changed, err := json.Marshal(tree)
		require.NoError(t, err)
		_, findings, err := selection.Verify(changed)
		require.True(t, err != nil || len(findings) > 0, "%s was changed and nobody saw it", path)
	}
	eachChange("", tree, func(v any) { tree = v }, check)
	require.Greater(t, changes, 1_000)
}

// eachChange changes one thing after the other, and puts it back.
func eachChange(path string, v any, set func(any), check func(string)) {
	switch x := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(x)) {
			was := x[name]
			eachChange(path+"."+name, was, func(v any) { x[name] = v }, check)
			delete(x, name)
			check(path + "." + name)
			x[name] = was
		}
	case []any:
		for i, was := range x {
			eachChange(fmt.Sprintf("%s[%d]", path, i), was, func(v any) { x[i] = v }, check)
		}
		if len(x) > 0 {
			set(x[1:])
			check(path + "[0]")
		}
		set(x)
	case json.Number:
		set(json.Number(x.String() + "0"))
		if x == "0" {
			set(json.Number("1"))
		}
		check(path)
		set(x)
	case bool:
		set(!x)
		check(path)
		set(x)
	case string:
		set(x + "x")
		check(path)
		set(x)
	}
}

func TestVerifyFindsAnyChangedByte(t *testing.T) {
	t.Parallel()
	text := encoded(t, published(t))
	want, _, err := selection.Verify(text)
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		changed := bytes.Clone(text)
		at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
		changed[at] = byte(rapid.SampledFrom([]rune("0123456789abcxyz_\"{}[],: ")).Draw(t, "to"))
		got, findings, err := selection.Verify(changed)
		if err == nil && len(findings) == 0 {
			require.Equal(t, want, got, "what verifies says the same")
			require.Equal(t, string(text), string(changed))
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	s, err := selection.Publish(nominees(20_000, 2014))
	require.NoError(b, err)
	text := encoded(b, s)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		_, findings, err := selection.Verify(text)
		require.NoError(b, err)
		require.Empty(b, findings)
	}
}

func FuzzVerify(f *testing.F) {
	document, err := os.ReadFile("testdata/sheet.json")
	require.NoError(f, err)
	f.Add(document)
	f.Add([]byte(`{"format":"lizheng-selection/1","candidates":[{"figures":null}]}`))
	f.Fuzz(func(t *testing.T, document []byte) {
		s, findings, err := selection.Verify(document)
		if err != nil || len(findings) > 0 {
			return
		}
		want, err := selection.Canonical(json.RawMessage(document))
		require.NoError(t, err)
		require.Equal(t, string(want), string(encoded(t, s)), "what verifies is the sheet")
	})
}
