package civic

import (
	"context"
	"mime"
	"path"
	"regexp"
	"strings"

	"lizheng/civic/names"
)

// Limits of attachments.
const (
	MaxAttachment  = 20 << 20 // bytes
	MaxAttachments = 50       // of one case
)

var sha256Form = regexp.MustCompile(`^[0-9a-f]{64}$`)

// AddAttachment puts a file, whose bytes have been stored, to a case.
func (d *Desk) AddAttachment(ctx context.Context, who Actor, key, caseID string, a NewAttachment) (Attachment, error) {
	f, err := d.file(ctx, who, caseID)
	if err != nil {
		return Attachment{}, err
	}
	kind, _, err := mime.ParseMediaType(a.MediaType)
	switch {
	case a.Name == "" || names.Valid(a.Name, 200) != nil || path.Base(a.Name) != a.Name || strings.ContainsAny(a.Name, `\/:*?"<>|`):
		return Attachment{}, Refuse(Invalid, "bad_name", "文件名不规范。", "The file's name is not allowed.").At("name")
	case err != nil || len(kind) > 100:
		return Attachment{}, Refuse(Invalid, "bad_media_type", "文件类型不规范。", "The media type is not one.").At("media_type")
	case a.Size < 1 || a.Size > MaxAttachment:
		return Attachment{}, Refuse(Invalid, "too_large", "文件不得为空，且不超过20MB。", "A file is not empty and has at most 20 MiB.").At("size").With("max", MaxAttachment)
	case !sha256Form.MatchString(a.SHA256):
		return Attachment{}, Refuse(Invalid, "bad_digest", "文件摘要不正确。", "The digest is not one.").At("sha256")
	case f.Case.State.Over():
		return Attachment{}, errNotNow("attach", f.Case.State)
	}
	o := order{object: "case", act: "attach", key: key, about: "case:" + f.Case.ID, content: a, subject: f.brief("").Subject()}
	return carry(ctx, d, who, o, func(deed Deed) (Attachment, error) { return d.Record.AddAttachment(ctx, deed, f.Case.ID, a) })
}

// Attachments are the files of a case that the actor may see.
func (d *Desk) Attachments(ctx context.Context, who Actor, caseID string) ([]Attachment, error) {
	f, err := d.file(ctx, who, caseID)
	if err != nil {
		return nil, err
	}
	return f.Files, nil
}

// Attachment is one file of a case that the actor may see.
func (d *Desk) Attachment(ctx context.Context, who Actor, id string) (Attachment, error) {
	if err := signedIn(who); err != nil {
		return Attachment{}, err
	}
	a, err := d.Record.Attachment(ctx, id)
	if err != nil {
		return Attachment{}, err
	}
	_, err = d.file(ctx, who, a.Case)
	return a, err
}

// RemoveAttachment takes a file off a draft, or off a returned request; what was decided on stays. Whoever may edit the
// request may do so, and nobody else: adding to what an applicant has handed in is not taking from it.
func (d *Desk) RemoveAttachment(ctx context.Context, who Actor, id string) error {
	a, err := d.Attachment(ctx, who, id)
	if err != nil {
		return err
	}
	f, err := d.file(ctx, who, a.Case)
	if err != nil {
		return err
	}
	if !f.editable() {
		return Refuse(Conflict, "not_editable", "申请已提交，不能修改。", "The request has been submitted and can no longer be changed.").With("state", string(f.Case.State))
	}
	o := order{object: "draft", act: "edit", about: "attachment:" + a.ID, keyless: true, subject: f.asDraft()}
	_, err = carry(ctx, d, who, o, func(deed Deed) (struct{}, error) {
		deed.Kind = "case.detach"
		return struct{}{}, d.Record.RemoveAttachment(ctx, deed, id)
	})
	return err
}
