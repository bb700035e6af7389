drop table job_fence;
