namespace Avatar2D.Sip.Dialogs;

/// <summary>Identity of a dialog at this side: RFC 3261 §12. Call-ID and tags compare with case.</summary>
internal readonly record struct DialogKey(string CallId, string LocalTag, string RemoteTag);
