/* The loop of AllReduce.cs over the same MPI: mpicc -O2 allreduce.c -o allreduce. */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    static const int kilobytes[] = {64, 256, 1024, 4096, 16384, 102400};
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    for (int s = 0; s < 6; s++) {
        int n = kilobytes[s] * 256, rounds = 200000 / kilobytes[s];
        rounds = rounds < 7 ? 7 : rounds > 300 ? 300 : rounds;
        float *data = malloc(sizeof(float) * n);
        double *times = malloc(sizeof(double) * rounds);
        for (int k = -3; k < rounds; k++) {
            for (int i = 0; i < n; i++) data[i] = 1;
            MPI_Barrier(MPI_COMM_WORLD);
            double begun = MPI_Wtime();
            MPI_Allreduce(MPI_IN_PLACE, data, n, MPI_FLOAT, MPI_SUM, MPI_COMM_WORLD);
            if (k >= 0) times[k] = (MPI_Wtime() - begun) * 1e6;
        }
        if (data[0] != size || data[n - 1] != size) MPI_Abort(MPI_COMM_WORLD, 1);
        qsort(times, rounds, sizeof(double), ascending);
        if (rank == 0) printf("%d %.1f\n", kilobytes[s], times[rounds / 2]), fflush(stdout);
        free(data);
        free(times);
    }
    MPI_Finalize();
    return 0;
}
