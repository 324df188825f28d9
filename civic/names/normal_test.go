package names_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/names"
)

func TestAllSpellingsHaveOneNormalForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		want      string
		spellings []string
	}{
		{"计划生育工作先进社区", []string{
			"计划生育工作先进社区", "計劃生育工作先進社區", " 计划生育 工作\t先进\n社区 ", "《计划生育工作先进社区》", "“计划生育”工作先进社区",
			"计划生育-工作—先进_社区", "计划\u200b生育\ufeff工作\u2060先进\u00ad社区", "\u202e计划生育工作先进社区\u202c",
			"计划生育工作先进社区！", "计·划·生·育·工·作·先·进·社·区", "计划生育工作先进社区\x00", "计划生育\xff工作先进社区",
			"计划⽣育⼯作先进社区", "计划生育エ作先进社区", "★计划生育工作先进社区★", "计̲划̲生育工作先进社区", "计划\u3164生育工作先进社区",
			"计划生育\U000e0041工作先进社区", "计划生育\U000e0100工作先进社区",
		}},
		{"abc台账", []string{"ABC台账", "ＡＢＣ台账", "ａｂｃ　台账", "a.b.c台賬", "𝐀𝐁𝐂台账", "Ⓐⓑ🄲台账", "АВС台账", "àbĉ台账", "a\u0300bc台账", "ⒶBC臺账"}},
		{"2014年第1批", []string{"２０１４年第１批", "2014年第①批", "2014 年 (第 1 批)", "〔2014〕年第⑴批", "²⁰¹⁴年第₁批"}},
		{"第iv类", []string{"第Ⅳ类", "第ⅳ類", "第IV类"}},
		{"二零一四年", []string{"二〇一四年", "二○一四年", "二零一四年", "ニ〇一四年"}},
		{"100m2", []string{"100㎡", "100 m²", "１００ｍ２"}},
		{"民政局", []string{"⺠政局", "民政局"}},
		{"车辆", []string{"車輛", "⻋辆", "\uf902辆"}},
		{"台湾省", []string{"臺灣省", "台灣省", "颱湾省"}},
		{"ss", []string{"ſs", "SS"}},
		{"i", []string{"İ", "ı", "I", "Ⅰ"}},
	} {
		for _, s := range c.spellings {
			require.Equal(t, c.want, names.Normal(s), "%q", s)
		}
	}
}

func TestDifferentNamesStayDifferent(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"计划生育", "计划生产"}, {"第1批", "第2批"}, {"未成年人", "末成年人"}, {"A类", "B类"}, {"一类", "二类"}, {"1类", "l类"},
	} {
		require.NotEqual(t, names.Normal(pair[0]), names.Normal(pair[1]))
	}
}

func TestANameThatSaysNothingIsEmpty(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", " ", "《》", "\u200b", "—·—", "\x00\xff", "🏠", "\u3164\u115f"} {
		require.Empty(t, names.Normal(s), "%q", s)
	}
}

func TestOtherScriptsKeepWhatTheySay(t *testing.T) {
	t.Parallel()
	require.Equal(t, "བོད", names.Normal("བོད"), "a vowel sign is a mark, but not an accent")
	require.Equal(t, "한글", names.Normal("한글"))
}

// TestEveryCharacterSettlesInOneStep is the proof that Normal is idempotent: it
// spells character by character.
func TestEveryCharacterSettlesInOneStep(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		once := names.Normal(string(r))
		if once != names.Normal(once) {
			t.Fatalf("%U: %q, then %q", r, once, names.Normal(once))
		}
		for _, to := range once {
			if !unicode.In(to, unicode.L, unicode.N, unicode.M) {
				t.Fatalf("%U leaves %U", r, to)
			}
		}
	}
}

// fullWidth are the characters of ASCII that have a wide twin.
func fullWidth(r rune) rune {
	if r > ' ' && r < 0x7f {
		return r + 0xfee0
	}
	return r
}

func TestDecorationNeverChangesTheNormalForm(t *testing.T) {
	t.Parallel()
	noise := []string{" ", "\t", "\u3000", "\u00a0", "\u200b", "\u200d", "\u200e", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u0301", "\ufe0f", "·", "—", "_", "《", "”", "。", "\x00", "\x7f"}
	letters := rapid.OneOf(rapid.SampledFrom([]rune("计划生育計劃先進社區台账臺賬ABCxyz019Ⅳ①")), rapid.Rune())
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SliceOfN(letters, 0, 30).Draw(t, "name")
		var plain, decorated strings.Builder
		for _, r := range name {
			plain.WriteRune(r)
			if rapid.Bool().Draw(t, "wide") {
				r = fullWidth(r)
			}
			if rapid.Bool().Draw(t, "upper") {
				r = unicode.ToUpper(r)
			}
			decorated.WriteRune(r)
			decorated.WriteString(rapid.SampledFrom(noise).Draw(t, "noise"))
		}
		require.Equal(t, names.Normal(plain.String()), names.Normal(decorated.String()))
	})
}

func FuzzNormal(f *testing.F) {
	for _, s := range []string{"计划生育工作先进社区", "計劃生育工作先進社區", "ＡＢＣ台账", "\xed\xa0\x80", "㈱①Ⅳ½㎡", "e\u0301\u200d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := names.Normal(s)
		require.Equal(t, once, names.Normal(once))
		require.True(t, utf8.ValidString(once))
		require.NoError(t, names.Valid(once, utf8.RuneCountInString(once)), "a normal form is a valid name")
	})
}

func BenchmarkNormal(b *testing.B) {
	for b.Loop() {
		names.Normal("《計劃生育工作先進社區》（ＡＢＣ台账）")
	}
}
