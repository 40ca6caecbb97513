namespace Proximal.Studio.Web;

/// <summary>A request that cannot be answered, in a sentence.</summary>
internal sealed class BadRequestException(string message, int status = Microsoft.AspNetCore.Http.StatusCodes.Status400BadRequest) : Exception(message)
{
    public int Status { get; } = status;
}
