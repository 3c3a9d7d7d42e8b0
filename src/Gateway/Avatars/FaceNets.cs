using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Avatars;

/// <summary>Finds the networks that read faces.</summary>
internal static class FaceNets
{
    /// <summary>Tries them: null when they work, else why not.</summary>
    public static string? Probe(EngineOptions options)
    {
        try
        {
            Load(options).CreateTracker().Dispose();
            return null;
        }
        catch (ModelException trouble)
        {
            return trouble.Message;
        }
    }

    /// <summary>Loads them from the folder of models.</summary>
    /// <exception cref="ModelException">They are not there or cannot be used; the message says what to do.</exception>
    public static FaceModels Load(EngineOptions options)
    {
        string? folder = InstallationFiles.FindFolder(Path.Combine(options.Folder, FaceModels.LandmarksFolder));
        return folder is not null ? FaceModels.Load(Path.GetDirectoryName(folder)!) : throw new ModelException(
            ModelFault.Missing,
            $"the networks that read faces are missing: {FaceModels.DetectorFolder} and {FaceModels.LandmarksFolder} belong into {options.Folder} "
            + "(Engine:Folder); copy them from the installation, or train them with training/avatar2d_training/faces");
    }
}
