namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>A spoken phone in ARPAbet ("AA1", "M"; "sil" or empty for silence) and when it is heard.</summary>
public readonly record struct PhoneSpan(string Phone, TimeSpan Start, TimeSpan End);
