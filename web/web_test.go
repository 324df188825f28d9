package web

import (
	"compress/gzip"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDist(t *testing.T) {
	t.Parallel()
	t.Run("the folder is there even when nothing was built", func(t *testing.T) {
		t.Parallel()
		_, err := fs.Stat(Dist(), ".gitkeep")
		require.NoError(t, err)
	})
	t.Run("a built page carries no inline script or style, which the policy would block", func(t *testing.T) {
		t.Parallel()
		if !Built() {
			t.Skip("the pages were not built: make web")
		}
		page, err := fs.ReadFile(Dist(), "index.html")
		require.NoError(t, err)
		require.NotContains(t, string(page), "<style")
		require.NotContains(t, string(page), "style=")
		for _, tag := range strings.SplitAfter(string(page), "<script")[1:] {
			require.Contains(t, tag[:strings.Index(tag, ">")], "src=", "a script without src would be inline")
		}
	})
}

// mostAtFirst is what a browser may have to fetch, gzipped, before it shows anything: a second on a slow office line.
const mostAtFirst = 500_000 // bytes

func TestFirstLoad(t *testing.T) {
	t.Parallel()
	if !Built() {
		t.Skip("the pages were not built: make web")
	}
	page, err := fs.ReadFile(Dist(), "index.html")
	require.NoError(t, err)
	var weight gzipped
	for _, name := range regexp.MustCompile(`(?:src|href)="/(assets/[^"]+)"`).FindAllStringSubmatch(string(page), -1) {
		file, err := fs.ReadFile(Dist(), name[1])
		require.NoError(t, err)
		require.NoError(t, weight.add(file))
	}
	t.Logf("first load: %d kB gzipped", weight/1000)
	require.NotZero(t, weight)
	require.LessOrEqual(t, int(weight), mostAtFirst)
}

// gzipped counts bytes as they travel.
type gzipped int

func (g *gzipped) Write(p []byte) (int, error) {
	*g += gzipped(len(p))
	return len(p), nil
}

func (g *gzipped) add(file []byte) error {
	z := gzip.NewWriter(g)
	if _, err := z.Write(file); err != nil {
		return err
	}
	return z.Close()
}

func TestWithSample(t *testing.T) {
	t.Parallel()
	s := Sample{Password: "open sesame", People: []Person{{Login: "wang.fang", Name: "王芳", Roles: []Words{{"部门经办人", "department official"}}}}}
	files, err := WithSample(Dist(), s)
	require.NoError(t, err)
	t.Run("the sign-in page finds the people", func(t *testing.T) {
		t.Parallel()
		body, err := fs.ReadFile(files, sampleFile)
		require.NoError(t, err)
		require.Contains(t, string(body), "王芳")
		info, err := fs.Stat(files, sampleFile)
		require.NoError(t, err)
		require.True(t, info.Mode().IsRegular())
		require.Equal(t, int64(len(body)), info.Size())
	})
	t.Run("everything else stays as it was built", func(t *testing.T) {
		t.Parallel()
		_, err := fs.Stat(files, ".gitkeep")
		require.NoError(t, err)
	})
}
