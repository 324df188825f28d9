package api

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// packageOf is a zip with empty parts of these names.
func packageOf(t *testing.T, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		_, err := z.Create(p)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.String()
}

func openStore(t *testing.T) (*Store, string) {
	t.Helper()
	dir := t.TempDir()
	s, err := OpenStore(dir)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s, dir
}

const (
	pdf = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
	png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
	jpg = "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"
)

func TestAFileIsTakenOnlyIfItIsWhatItsNameSays(t *testing.T) {
	t.Parallel()
	s, dir := openStore(t)
	docx, xlsx := packageOf(t, "[Content_Types].xml", "word/document.xml"), packageOf(t, "[Content_Types].xml", "xl/workbook.xml")
	for _, test := range []struct {
		name, content string
		taken         bool
	}{
		{"设立依据.pdf", pdf, true},
		{"A.PDF", pdf, true},
		{"a.png", png, true},
		{"a.jpg", jpg, true},
		{"a.jpeg", jpg, true},
		{"a.docx", docx, true},
		{"a.xlsx", xlsx, true},
		{"公文.ofd", packageOf(t, "OFD.xml", "Doc_0/Document.xml"), true},
		{"a.txt", "第一行\n第二行", true},
		{"a.txt", strings.Repeat("准入", 3000), true},
		{"a.csv", "编号,名称\r\n1,巡查\r\n", true},
		{"a.pdf", png, false},
		{"a.png", pdf, false},
		{"a.jpg", "GIF89a", false},
		{"a.docx", xlsx, false},
		{"a.xlsx", docx, false},
		{"a.docx", packageOf(t, "[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), false},
		{"a.docx", "PK\x03\x04", false},
		{"a.ofd", docx, false},
		{"a.zip", packageOf(t, "a.txt"), false},
		{"a.pdf", packageOf(t, "a.txt"), false},
		{"a.html", "<html>", false},
		{"a.svg", "<svg/>", false},
		{"a.exe", "MZ", false},
		{"a", "x", false},
		{"pdf", pdf, false},
		{"", pdf, false},
		{"a.txt", "x\x00y", false},
		{"a.txt", "\xff\xfex\x00", false},
		{"a.csv", png, false},
		{"a.txt", "", false},
	} {
		got, err := s.Put(test.name, strings.NewReader(test.content))
		if !test.taken {
			require.NotNil(t, civic.AsRefusal(err), "%s %q", test.name, test.content)
			continue
		}
		require.NoError(t, err, "%s %q", test.name, test.content)
		require.Equal(t, int64(len(test.content)), got.Size)
		f, err := s.Open(got.SHA256)
		require.NoError(t, err)
		back, err := io.ReadAll(f)
		require.NoError(t, err)
		require.NoError(t, f.Close())
		require.Equal(t, test.content, string(back))
	}
	left, err := filepath.Glob(filepath.Join(dir, "incoming-*"))
	require.NoError(t, err)
	require.Empty(t, left, "nothing is left of what was refused")
}

func TestAFileIsAtMost20MiB(t *testing.T) {
	t.Parallel()
	s, _ := openStore(t)
	line := strings.NewReader(strings.Repeat("x", civic.MaxAttachment))
	_, err := s.Put("a.txt", line)
	require.NoError(t, err)
	_, err = s.Put("a.txt", strings.NewReader(strings.Repeat("x", civic.MaxAttachment+1)))
	require.True(t, civic.Refused(err, "body_too_large"))
}

func TestAFileThatWasTamperedWithIsNotGivenOut(t *testing.T) {
	t.Parallel()
	s, dir := openStore(t)
	got, err := s.Put("a.txt", strings.NewReader("agreed"))
	require.NoError(t, err)
	path := filepath.Join(dir, got.SHA256[:2], got.SHA256)
	require.NoError(t, os.WriteFile(path, []byte("denied"), 0o600))
	_, err = s.Open(got.SHA256)
	require.ErrorContains(t, err, "not those that were stored")
	require.Nil(t, civic.AsRefusal(err), "it is our fault, not the reader's")
}

func TestNothingOutsideTheFolderIsReached(t *testing.T) {
	t.Parallel()
	s, dir := openStore(t)
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(dir), "secret"), []byte("x"), 0o600))
	for _, digest := range []string{"", "..", "../secret", strings.Repeat("../", 21) + "x", "/etc/passwd", strings.Repeat("a", 64)} {
		_, err := s.Open(digest)
		require.Error(t, err, digest)
	}
}

func TestAnUploadThatBreaksOffLeavesNothing(t *testing.T) {
	t.Parallel()
	s, dir := openStore(t)
	_, err := s.Put("a.txt", io.MultiReader(strings.NewReader("half of"), brokenReader{}))
	require.True(t, civic.Refused(err, "body_unreadable"))
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("the line is cut") }

func TestADownloadIsNamed(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"a.pdf":          `attachment; filename="a.pdf"; filename*=UTF-8''a.pdf`,
		"设立 依据.pdf":      `attachment; filename="__ __.pdf"; filename*=UTF-8''%E8%AE%BE%E7%AB%8B%20%E4%BE%9D%E6%8D%AE.pdf`,
		"a\"b\r\n;c.txt": `attachment; filename="a_b___c.txt"; filename*=UTF-8''a%22b%0D%0A%3Bc.txt`,
	} {
		require.Equal(t, want, disposition(name))
	}
}

// What an applicant has handed in is the applicant's to take back: a reviewer who may add files may not remove theirs.
func TestAFileIsTakenOffByWhoeverMayEditTheRequest(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	clerk, office := h.signIn("wang.fang"), h.signIn("chen.jing")
	id := clerk.drafted(surveyForm("人口抽样入户调查"))
	file := clerk.upload(id)
	is(t, 200, clerk.do("POST", "/access-requests/"+id+"/submission", Remark{}))
	h.decides("chen.jing", id, "register", "pass")
	is(t, 200, office.do("POST", "/tasks/"+office.taskOf(id, "examine")+"/decision", Decision{Outcome: "return", Opinion: "缺依据", Details: DecisionDetails{Gaps: []string{"依据"}}}))
	require.NotEmpty(t, office.upload(id), "the office may add to it")
	refused := office.do("DELETE", "/attachments/"+file, nil).problem(t)
	require.Equal(t, []any{403, "not_granted"}, []any{refused.Status, refused.Code})
	require.Equal(t, 200, clerk.get("/attachments/"+file).status)
	is(t, 204, clerk.do("DELETE", "/attachments/"+file, nil))
	require.Equal(t, 404, clerk.get("/attachments/"+file).status)
}
