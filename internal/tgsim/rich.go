package tgsim

// Rich makes the message a rich one: blocks is JSON, an array of RichBlock. Such
// a message has no text; the text that is given is ignored.
func Rich(blocks string) SendOption { return func(o *sending) { o.blocks = blocks } }
