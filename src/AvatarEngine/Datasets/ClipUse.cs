namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>What a clip is for; training/README.md, "split.json".</summary>
public enum ClipUse
{
    /// <summary>May enter weights.</summary>
    Train,

    /// <summary>Chooses between checkpoints.</summary>
    Validation,

    /// <summary>Held-out sentences of people who are in the training set.</summary>
    Test,

    /// <summary>People in no model.</summary>
    Unseen,
}
