"""The series that the paper's authors released: where they are, and what they were found to be.

Mikhaeil, Monfared and Durstewitz 2022, On the difficulty of learning chaotic dynamics with RNNs,
arXiv:2110.07238. Steps, components and systems are not stored in the files: they come from their
derivatives and spectra. The Mackey-Glass series is missing from the release.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath

from chaoslearn.errors import InputError
from chaoslearn.series.embedding import delay_names

COMMIT = "0e84b300e03a250cdafbf0128f4644226201572a"
REPOSITORY = f"https://raw.githubusercontent.com/DurstewitzLab/ChaosRNN/{COMMIT}"
CITATION = (
    "Mikhaeil, Monfared and Durstewitz 2022, On the difficulty of learning chaotic dynamics with "
    "RNNs, NeurIPS 35, doi:10.48550/arXiv.2110.07238"
)


@dataclass(frozen=True)
class Released:
    """One released series.

    `path` is its npy file in the repository, `(time, component)`; `step` the sampling step in
    `unit` ("1": dimensionless equations, or samples where the true step is not known); `system`
    the name of ours that it obeys, None for measurements; `remark` what is special about it.
    """

    path: str
    sha256: str
    components: tuple[str, ...]
    step: float
    unit: str
    system: str | None
    remark: str

    @property
    def file(self) -> str:
        """The name it is kept under."""
        return PurePosixPath(self.path).name

    @property
    def url(self) -> str:
        """Where it is fetched from."""
        return f"{REPOSITORY}/{self.path}"


RELEASED = {
    "lorenz": Released(
        path="datasets/Lorenz/lorenz_data_chaos.npy",
        sha256="45abf9717bd60cb230a27166489fc841086d7938d20b2e61de9624915fd3b7fc",
        components=("x", "y", "z"),
        step=0.01,
        unit="1",
        system="lorenz63_published",
        remark="standardised by one mean, 11.23823, and one scale, 18.81490",
    ),
    "roessler": Released(
        path="datasets/Roessler_chaos_rosenstein.npy",
        sha256="4312a95cc05398ac2fbfe6d2279a6307319696f199f1e31d5a0bf654885b43c1",
        components=("x", "y", "z"),
        step=0.1,
        unit="1",
        system="roessler_published",
        remark="standardised by one mean, about 0.0465, and one scale, about 6.823",
    ),
    "duffing": Released(
        path="datasets/duffing_data_chaos.npy",
        sha256="4a471c963b43c93ae895913d48107d4b9192051cae61998918564dacc51e655f",
        components=("x", "velocity", "cos_phase"),
        step=0.1773,
        unit="1",
        system="duffing",
        remark="not standardised",
    ),
    "eeg": Released(
        path="datasets/EEGf/tde_eegf.npy",
        sha256="8fd6fb64a1f6720cfcf0b7d5ef5beeb6c26e835978304048f0c77945f0334f13",
        components=delay_names("eeg", 10, 50),
        step=1.0,
        unit="1",
        system=None,
        remark="delay vectors of one smoothed, standardised channel; time in samples",
    ),
    "temperature": Released(
        path="datasets/weather_datasets/tde_temperature_MoreSmoothedNoYearShort.npy",
        sha256="e24324e14ca79360a07d65074736edec4741d9b02ef084b796df2c3506047cfe",
        components=delay_names("temperature", 5, 500),
        step=1.0,
        unit="1",
        system=None,
        remark="delay vectors of a smoothed series without its year; time in samples",
    ),
}


def find(name: str) -> Released:
    """The released series of this name.

    Raises `InputError` for a name without one.
    """
    if name not in RELEASED:
        raise InputError(
            f"published series {name!r} is unknown; name one of " + ", ".join(RELEASED)
        )
    return RELEASED[name]
