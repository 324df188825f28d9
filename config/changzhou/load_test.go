package changzhou

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// altered returns the profile's files with one text replaced in one file. The text must stand there exactly once.
func altered(t *testing.T, file, from, to string) fstest.MapFS {
	t.Helper()
	all, err := fs.Glob(files, "*.csv")
	require.NoError(t, err)
	out := fstest.MapFS{}
	for _, name := range all {
		raw, err := files.ReadFile(name)
		require.NoError(t, err)
		if name == file {
			require.Equal(t, 1, strings.Count(string(raw), from), "%q in %s", from, file)
			raw = []byte(strings.Replace(string(raw), from, to, 1))
		}
		out[name] = &fstest.MapFile{Data: raw}
	}
	return out
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		claim, file, from, to, want string
	}{
		{"another header", "regions.csv", "key,code,name", "key,name,code", "regions.csv: the header must be key,code"},
		{"a missing cell", "regions.csv", "cz,320400,常州市", "cz,常州市", "wrong number of fields"},
		{"text that is not UTF-8", "units.csv", "常统发,", "\xff,", "units.csv is not UTF-8"},
		{"a day that does not exist", "unit_successions.csv", "cz-planning,cz-natural-resources,2019-01-01", "cz-planning,cz-natural-resources,2019-02-30", `on_date "2019-02-30" is not a day`},
		{"spaces at the end of a cell", "people.csv", "王芳,", "王芳 ,", "name has spaces at its ends"},
		{"a character nobody sees", "people.csv", "王芳,", "王\u200b芳,", "is not allowed: invisible"},
		{"a word outside the vocabulary", "regions.csv", "戚墅堰区,Qishuyan District,district,district", "戚墅堰区,Qishuyan District,district,county", `kind "county" is none of district`},
		{"a span that ends before it begins", "regions.csv", "county_city,2014-01-01,2015-04-28", "county_city,2014-01-01,2013-04-28", "2013-04-28 is not after 2014-01-01"},
		{"a gap between parents", "region_parents.csv", "cz-xinbei-benniu,cz-xinbei,,2015-04-28", "cz-xinbei-benniu,cz-xinbei,,2015-04-29", "cz-xinbei-benniu: its rows in region_parents.csv leave a gap or overlap"},
		{"overlapping parents", "region_parents.csv", "cz-xinbei-benniu,cz-wujin-2002,,2014-01-01,2015-04-28", "cz-xinbei-benniu,cz-wujin-2002,,2014-01-01,2015-04-27", "leave a gap or overlap"},
		{"a parent of the wrong level", "region_parents.csv", "cz-tianning-hongmei-01,cz-tianning-hongmei,", "cz-tianning-hongmei-01,cz-tianning,", "cannot hang under cz-tianning"},
		{"a parent that no longer stands", "region_parents.csv", "cz-xinbei-benniu,cz-xinbei,,", "cz-xinbei-benniu,cz-qishuyan,,", "cannot hang under cz-qishuyan"},
		{"entrusting to what is not a zone", "region_parents.csv", "cz-jingkai-dingyan,cz-wujin,cz-jingkai,", "cz-jingkai-dingyan,cz-wujin,cz-tianning,", "cannot be entrusted to cz-tianning"},
		{"an end without a successor", "regions.csv", "2015-04-28,cz-jintan,", "2015-04-28,,", "cz-jintan-shi ended without a known successor"},
		{"a community without households", "regions.csv", "2014-01-01,,,2346,", "2014-01-01,,,0,", "every community has them"},
		{"two bodies with one mark", "units.csv", "常财发", "常民发", "share a document mark at one time"},
		{"a succession on the wrong day", "unit_successions.csv", "cz-land,cz-natural-resources,2019-01-01", "cz-land,cz-natural-resources,2019-01-02", "cz-land did not hand over to cz-natural-resources"},
		{"a parameter without its form", "parameters.csv", "admission.cosign_wd,5,", "admission.cosign_wd,five,", `value "five" is not in wd`},
		{"two values from one day", "parameters.csv", "target.licensed_sw_per_10k,8,count,2016-01-01", "target.licensed_sw_per_10k,8,count,2014-07-24", "has two values from 2014-07-24"},
		{"a parameter that names no unit", "parameters.csv", "bodies.finance,cz-finance,", "bodies.finance,cz-treasury,", "no unit cz-treasury"},
		{"two items that say the same", "lists.csv", "社区爱国卫生运动委员会,Community", "居民健康教育 领导小组,Community", "stands twice"},
		{"a merger into nothing", "lists.csv", "merge,综治信息系统,cz-comprehensive-order,2014-07-24,清理数量见2014年7月常州减负增效报道；名称为示例,整合，不再单独延伸到社区\nnegative,SYSTEM,社区平安", "merge,无名系统,cz-comprehensive-order,2014-07-24,x,\nnegative,SYSTEM,社区平安", "merging needs a retained item"},
		{"a line without money", "budget_lines.csv", "cz-disabled-2026-1,cz-disabled,2026,2081104,残疾人康复,76000000", "cz-disabled-2026-1,cz-disabled,2026,2081104,残疾人康复,0", "a line without money is not a line"},
		{"a line of a body that had ended", "budget_lines.csv", "cz-ageing-2014-1,cz-ageing,2014", "cz-ageing-2014-1,cz-ageing,2024", "no unit cz-ageing in 2024"},
		{"a role that does not exist", "people.csv", "auditor@", "superuser@", `"superuser" is not a role`},
		{"an administrator with business", "people.csv", "auditor@cz-audit-group", "auditor@cz-audit-group|supervisor@cz-discipline", "may hold no other role"},
		{"a person in a body that has ended", "people.csv", "reform,投资处经办人", "planning,投资处经办人", "no unit cz-planning today"},
		{"a deputy of nobody", "people.csv", ",xu-jian\n", ",xu-nobody\n", "cannot stand in for xu-nobody"},
	} {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			_, err := load(altered(t, c.file, c.from, c.to))
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestComplaintsNameFileAndLine(t *testing.T) {
	t.Parallel()
	source := altered(t, "people.csv", "auditor@", "superuser@")
	line := 1 + strings.Count(strings.SplitN(string(source["people.csv"].Data), "superuser@", 2)[0], "\n")
	_, err := load(source)
	require.EqualError(t, err, fmt.Sprintf(`people.csv:%d: roles "superuser" is not a role`, line))
}

func TestAllComplaintsComeAtOnce(t *testing.T) {
	t.Parallel()
	source := altered(t, "people.csv", "auditor@", "superuser@")
	source["budget_lines.csv"] = altered(t, "budget_lines.csv", "cz-disabled-2026-1,cz-disabled,2026,2081104", "cz-disabled-2026-1,cz-disabled,2026,208")["budget_lines.csv"]
	_, err := load(source)
	require.ErrorContains(t, err, "people.csv:")
	require.ErrorContains(t, err, "budget_lines.csv:")
}

func TestAMissingFileIsNamed(t *testing.T) {
	t.Parallel()
	source := altered(t, "people.csv", "auditor@", "auditor@")
	delete(source, "lists.csv")
	_, err := load(source)
	require.ErrorContains(t, err, "read lists.csv")
}
