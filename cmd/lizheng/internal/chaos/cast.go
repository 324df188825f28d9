package chaos

import (
	"context"
	"fmt"
	"net/http"

	"lizheng/cmd/lizheng/internal/visitor"
	"lizheng/config/changzhou"
)

// cast are the sample people who take part, signed in.
type cast struct {
	visitors map[string]*visitor.Visitor
	seats    map[string][]string // role@unit → logins

}

// The people of the story: applicants of three departments, and everybody whom their requests pass. All communities of the
// story belong to Liu Yang and Dai Xiaoyan.
var (
	applicants = []applicant{
		{"wang.fang", "cz-human-resources", []string{"cz-human-resources-2026-1", "cz-human-resources-2026-2"}},
		{"li.juan", "cz-disabled", []string{"cz-disabled-2026-1", "cz-disabled-2026-2"}},
		{"ding.jie", "cz-health", []string{"cz-health-2026-1", "cz-health-2026-2"}},
	}
	officers = []string{"chen.jing", "xu.ming", "xu.jian", "he.lin", "liu.yang", "dai.xiaoyan", "zhu.hong", "tang.jun", "qian.wei", "feng.li",
		"han.xue", "cao.yang", "peng.hui", "pan.feng", "liang.zhiyuan"}
	strangers = []string{"wu.qian", "feng.tao", "ma.chao", "ji.zheng"} // who have no part in these cases
)

type applicant struct {
	login, unit string
	lines       []string
}

// The community that every request of the story is for.
const community = "cz-tianning-diaozhuang-01"

// enter signs everybody in, at one door after the other.
func enter(ctx context.Context, client *http.Client, bases []string, password string) (*cast, error) {
	c := &cast{visitors: map[string]*visitor.Visitor{}, seats: map[string][]string{}}
	logins := append(append([]string(nil), officers...), strangers...)
	for _, a := range applicants {
		logins = append(logins, a.login)
	}
	for i, login := range logins {
		v, err := visitor.SignIn(ctx, client, bases[i%len(bases)], login, password)
		if err != nil {
			return nil, err
		}
		c.visitors[login] = v
	}
	profile, err := changzhou.Load()
	if err != nil {
		return nil, err
	}
	for _, p := range profile.People {
		if c.visitors[p.Login] == nil {
			continue
		}
		for _, g := range p.Grants {
			seat := fmt.Sprintf("%s@%s", g.Role, g.Unit)
			c.seats[seat] = append(c.seats[seat], p.Login)
		}
	}
	return c, nil
}
