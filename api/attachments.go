package api

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// lineTime is how long one file may take to come or go: 20 MiB over a slow line.
const lineTime = 5 * time.Minute

// takeTime gives a file the time that it needs. Where the deadlines cannot be moved, the server's own hold.
func takeTime(c *gin.Context) {
	line, until := http.NewResponseController(c.Writer), time.Now().Add(lineTime)
	_ = line.SetReadDeadline(until)
	_ = line.SetWriteDeadline(until.Add(time.Minute)) // the answer comes after it
}

// ListAttachments handles GET /cases/:id/attachments.
func (s *server) ListAttachments(c *gin.Context, id ID) {
	files, err := s.o.Desk.Attachments(c.Request.Context(), who(c), id)
	s.answer(c, listOf(files), err)
}

// AddAttachment handles POST /cases/:id/attachments: the bytes first, then the record of them.
func (s *server) AddAttachment(c *gin.Context, id ID, p AddAttachmentParams) {
	ctx := c.Request.Context()
	if _, err := s.o.Desk.Attachments(ctx, who(c), id); err != nil { // nobody fills the disk for a case that they do not see
		s.fail(c, err)
		return
	}
	stored, err := s.receive(c)
	if err != nil {
		s.fail(c, err)
		return
	}
	made, err := s.o.Desk.AddAttachment(ctx, who(c), p.IdempotencyKey, id, stored)
	s.created(c, "/attachments/"+made.ID, made, err)
}

// receive stores the one file of an upload.
func (s *server) receive(c *gin.Context) (civic.NewAttachment, error) {
	var none civic.NewAttachment
	if s.o.Files == nil {
		return none, civic.Refuse(civic.Unavailable, "no_store", "附件存储暂不可用。", "Attachments cannot be stored now.")
	}
	takeTime(c)
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, civic.MaxAttachment+maxBody)
	parts, err := c.Request.MultipartReader()
	if err != nil {
		return none, refuse(http.StatusUnsupportedMediaType, "not_multipart", "上传必须使用 multipart/form-data。", "An upload must be multipart/form-data.")
	}
	part, err := nextFile(parts)
	if err != nil {
		return none, err
	}
	stored, err := s.o.Files.Put(part.FileName(), part)
	if err != nil {
		return none, err
	}
	if _, err := parts.NextPart(); !errors.Is(err, io.EOF) {
		return none, errOneFile()
	}
	return stored, nil
}

// nextFile is the upload's first part, if it is a file under the name that it must have.
func nextFile(parts *multipart.Reader) (*multipart.Part, error) {
	part, err := parts.NextPart()
	if errors.Is(err, io.EOF) {
		return nil, errOneFile()
	}
	if err != nil {
		return nil, errUploadBroken(err)
	}
	if part.FormName() != "file" || part.FileName() == "" {
		return nil, errOneFile()
	}
	return part, nil
}

func errOneFile() error {
	return refuse(http.StatusBadRequest, "one_file", "请上传一个名为 file 的文件。", "An upload is exactly one file under the name file.")
}

// errUploadBroken sorts why an upload could not be read to its end.
func errUploadBroken(err error) error {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return errTooLarge()
	}
	return refuse(http.StatusBadRequest, "body_unreadable", "上传内容不完整。", "The upload could not be read to its end.")
}

func errTooLarge() error {
	return refuse(http.StatusRequestEntityTooLarge, "body_too_large", "文件超过20MiB。", "The file is larger than 20 MiB.")
}

// GetAttachment handles GET /attachments/:id.
func (s *server) GetAttachment(c *gin.Context, id ID) {
	file, err := s.o.Desk.Attachment(c.Request.Context(), who(c), id)
	s.answer(c, file, err)
}

// RemoveAttachment handles DELETE /attachments/:id.
func (s *server) RemoveAttachment(c *gin.Context, id ID) {
	s.done(c, s.o.Desk.RemoveAttachment(c.Request.Context(), who(c), id))
}

// DownloadAttachment handles GET /attachments/:id/content. It is a download whatever it is: nothing that a stranger
// wrote is shown as a page of ours.
func (s *server) DownloadAttachment(c *gin.Context, id ID) {
	file, err := s.o.Desk.Attachment(c.Request.Context(), who(c), id)
	if err == nil && s.o.Files == nil {
		err = civic.Refuse(civic.Unavailable, "no_store", "附件存储暂不可用。", "Attachments cannot be read now.")
	}
	if err != nil {
		s.fail(c, err)
		return
	}
	body, err := s.o.Files.Open(file.SHA256)
	if err != nil {
		s.fail(c, err)
		return
	}
	defer func() { _ = body.Close() }() // it was only read
	takeTime(c)
	if digest, err := hex.DecodeString(file.SHA256); err == nil {
		c.Header("Repr-Digest", "sha-256=:"+base64.StdEncoding.EncodeToString(digest)+":")
	}
	c.Header("Content-Type", "application/octet-stream")
	c.Header("Content-Disposition", disposition(file.Name))
	c.Header("Content-Length", strconv.FormatInt(file.Size, 10))
	c.Status(http.StatusOK)
	_, _ = io.Copy(c.Writer, body) // the bytes have just been read once; what fails now is the line to a client that sees it too
}

// disposition names a download as RFC 6266 has it: in ASCII for the oldest, in UTF-8 for everybody else.
func disposition(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\%/;`, r) {
			return '_'
		}
		return r
	}, name)
	return `attachment; filename="` + ascii + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
